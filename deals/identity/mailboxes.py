"""Mailboxes that tell nobody from another: those of free providers, and those that a team reads together."""

from partnerhub.web.folding import fold

_PROVIDERS = """
    gmail.com googlemail.com outlook.com outlook.de outlook.fr outlook.es outlook.it hotmail.com hotmail.de
    hotmail.fr hotmail.es hotmail.it hotmail.co.uk live.com live.de live.fr live.it live.nl live.co.uk live.no
    live.se live.dk msn.com yahoo.com yahoo.de yahoo.fr yahoo.es yahoo.it yahoo.co.uk yahoo.co.jp yahoo.co.in
    yahoo.com.br yahoo.ca ymail.com rocketmail.com aol.com aol.de aim.com icloud.com me.com mac.com gmx.de
    gmx.net gmx.at gmx.ch gmx.com gmx.org gmx.eu gmx.fr gmx.es web.de mail.com email.com t-online.de freenet.de
    arcor.de online.de vodafone.de vodafonemail.de 1und1.de kabelmail.de unitybox.de a1.net chello.at aon.at
    bluewin.ch hispeed.ch sunrise.ch proton.me protonmail.com protonmail.ch pm.me tuta.com tutanota.com
    tutanota.de posteo.de posteo.net mailbox.org hey.com fastmail.com fastmail.fm zoho.com zohomail.com
    zohomail.eu hushmail.com wp.pl o2.pl tlen.pl onet.pl onet.eu op.pl poczta.onet.pl vp.pl interia.pl
    interia.eu poczta.fm gazeta.pl go2.pl orange.fr wanadoo.fr free.fr sfr.fr laposte.net neuf.fr bbox.fr
    numericable.fr libero.it virgilio.it tiscali.it alice.it tin.it tim.it fastwebnet.it telefonica.net
    movistar.es terra.es ono.com sapo.pt ziggo.nl kpnmail.nl planet.nl home.nl hetnet.nl xs4all.nl telenet.be
    skynet.be proximus.be btinternet.com sky.com talktalk.net virginmedia.com ntlworld.com blueyonder.co.uk
    telia.com online.no getmail.no broadpark.no comhem.se telia.se spray.se mail.dk stofanet.dk elisanet.fi
    seznam.cz email.cz centrum.cz post.cz azet.sk zoznam.sk centrum.sk freemail.hu citromail.hu abv.bg mail.bg
    inbox.lv inbox.lt mail.ee ukr.net i.ua meta.ua mail.ru bk.ru inbox.ru list.ru internet.ru yandex.ru
    yandex.com ya.ru rambler.ru comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net
    earthlink.net rogers.com shaw.ca sympatico.ca bigpond.com optusnet.com.au xtra.co.nz uol.com.br bol.com.br
    terra.com.br ig.com.br qq.com 163.com 126.com sina.com sohu.com foxmail.com naver.com daum.net hanmail.net
    rediffmail.com
"""
_DESKS = """
    admin administration anfrage biuro booking bookings bureau buchhaltung contact contacto contact-us empfang
    firma foretag hello hallo hei hej hi help info informacja information infos inquiry kontakt kontor kontakta
    mail mailbox marketing office order orders orders-team post post-office postmaster produkcja recepcja
    reception rezeption sales secretariat sekretariat service shop sklep spedition support team verkauf vertrieb
    webmaster welcome zamowienia zentrale
"""
FREE_MAIL = frozenset(_PROVIDERS.split())
TEAM_MAILBOXES = frozenset(_DESKS.split())


def is_free_mail(host: str) -> bool:
    """Whether anybody gets an address at this domain (as `email_domain` gives it)."""
    return host in FREE_MAIL


def is_team_mailbox(email: str) -> bool:
    """Whether the name before the @ is that of a desk, not of a person: `info@`, `office+shop@`, `sales2@`."""
    name = fold(email.rpartition("@")[0]).partition("+")[0].strip("0123456789._-")
    return name in TEAM_MAILBOXES
