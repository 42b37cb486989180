"""Hosts that say nothing about an organisation: mail for everybody, and sites that many share."""

PUBLIC_MAIL = frozenset(
    "gmail.com googlemail.com outlook.com outlook.fr outlook.de outlook.be outlook.es outlook.it hotmail.com hotmail.fr "  # noqa: SIM905
    "hotmail.de hotmail.be hotmail.it hotmail.es hotmail.nl hotmail.co.uk live.com live.fr live.be live.nl live.de msn.com "
    "yahoo.com yahoo.fr yahoo.de yahoo.it yahoo.es yahoo.co.uk ymail.com rocketmail.com aol.com icloud.com me.com mac.com "
    "gmx.de gmx.net gmx.at gmx.ch gmx.com gmx.fr web.de t-online.de freenet.de arcor.de posteo.de mailbox.org proton.me "
    "protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tuta.io fastmail.com hey.com zoho.com mail.com mail.ru "
    "yandex.com yandex.ru bk.ru inbox.ru list.ru orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr "
    "skynet.be telenet.be proximus.be scarlet.be voo.be ziggo.nl kpnmail.nl xs4all.nl planet.nl hetnet.nl home.nl "
    "libero.it virgilio.it tiscali.it alice.it tin.it email.it pec.it telefonica.net terra.es sapo.pt iol.pt wp.pl o2.pl "
    "onet.pl interia.pl op.pl gazeta.pl seznam.cz centrum.cz email.cz atlas.cz azet.sk zoznam.sk post.sk freemail.hu "
    "citromail.hu abv.bg mail.bg dir.bg inet.hr siol.net telia.com telia.se comhem.se bredband.net online.no "
    "jubii.dk ofir.dk tdcadsl.dk elisanet.fi luukku.com suomi24.fi pt.lu eircom.net bluewin.ch sunrise.ch aon.at chello.at "
    "btinternet.com sky.com virginmedia.com talktalk.net ntlworld.com otenet.gr forthnet.gr in.gr inbox.lv inbox.lt one.lt "
    "mail.ee hot.ee ukr.net i.ua qq.com 163.com 126.com naver.com duck.com mailinator.com yopmail.com guerrillamail.com".split()
)
SHARED_SITES = frozenset(
    "linkedin.com facebook.com instagram.com x.com twitter.com youtube.com wordpress.com github.io wixsite.com "  # noqa: SIM905
    "sites.google.com google.com clustercollaboration.eu europa.eu".split()
)
