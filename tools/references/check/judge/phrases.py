# ruff: noqa: RUF001 -- letters that look alike belong to the languages here
"""What pages say, in the languages of the web, that are gone, for sale or only for members.

Phrases are divided by semicolons and lines, and kept as `fold` leaves them: lower case, no accents,
no punctuation.
"""

from itertools import product

from .wording import fold, joined, without


def _listed(text: str) -> list[str]:
    lines = filter(str.strip, text.splitlines())
    return [fold(phrase) for line in lines for phrase in line.split(";")]


def _sentences(*columns: str) -> list[str]:
    """Return all sentences that take one phrase, which may be empty, from each column."""
    return [joined(*phrases) for phrases in product(*map(_listed, columns))]


def _phrases(*groups: str | list[str], **languages: str | list[str]) -> frozenset[str]:
    """Return all that is listed, in whatever language, and all sentences."""
    return frozenset(
        phrase
        for group in (*groups, *languages.values())
        for phrase in (_listed(group) if isinstance(group, str) else group)
    )


FILLERS = _phrases(
    """
    404; 410; 1; http; http404; error404; status; code; error; errors; err; the; a; an
    oops; ooops; whoops; uh; oh; hmm; ups; sorry; pardon; désolé; leider
    erreur; Fehler; Fehlermeldung; erro; errore; fout; fel; feil; fejl; virhe; błąd; chyba; hiba
    eroare; ошибка; помилка; грешка; hata; σφάλμα; エラー; 错误; 錯誤; 오류
    """
)
"""Words that such titles have besides, which say nothing alone."""

NUMBERS = frozenset({"404", "410", "http404", "error404"})

_SAYINGS = _phrases(
    english=_sentences(
        "; this; that; your; requested",
        """
        page; web page; webpage; page or file; file; file or directory; document; resource; content
        article; entry; object; link; url; page requested; page you requested
        page you have requested
        page you are looking for; page you're looking for; page you were looking for
        page you are trying to reach; page you tried to access
        """,
        """
        not found; was not found; is not found; wasn't found; has not been found; could not be found
        couldn't be found; cannot be found; can not be found; can't be found; cannot be located
        does not exist; doesn't exist; did not exist; not exist; does not exist anymore
        doesn't exist anymore; does not seem to exist; doesn't seem to exist; no longer exists
        no longer available; is no longer available; is no longer here; isn't here; is missing
        is gone; has been removed; was removed; has been deleted
        """,
    ),
    english_otherwise="""
        No such page; There is no such page; There isn't a page here
        We can't find that page; We can't find this page; We couldn't find that page
        We couldn't find this page; We can't find the page you're looking for
        We can't seem to find the page you're looking for
        We couldn't find the page you were looking for
        You have reached a page that does not exist; This is not the page you are looking for
    """,
    german=_sentences(
        """
        Seite; die Seite; diese Seite; die gesuchte Seite; die angeforderte Seite
        Datei; die Datei; Inhalt
        """,
        """
        nicht gefunden; wurde nicht gefunden; konnte nicht gefunden werden; nicht vorhanden
        existiert nicht; existiert nicht mehr; gibt es nicht; gibt es nicht mehr
        """,
    ),
    french=_sentences(
        """
        page; la page; cette page; la page demandée; la page que vous recherchez
        la page que vous cherchez; document; contenu
        """,
        """
        non trouvée; introuvable; est introuvable; inexistante; n'existe pas; n'existe plus
        n'a pas été trouvée
        """,
    ),
    spanish=_sentences(
        "página; la página; esta página; la página que buscas; la página solicitada",
        "no encontrada; no existe; no se encuentra; inexistente",
    ),
    spanish_otherwise="""
        No se encuentra la página; No se ha encontrado la página; No se encontró la página
    """,
    portuguese=_sentences(
        "página; a página; esta página; a página que procura",
        "não encontrada; não existe; não foi encontrada; inexistente",
    ),
    portuguese_otherwise="Conteúdo não encontrado",
    italian=_sentences(
        "pagina; la pagina; questa pagina; la pagina richiesta; la pagina che stai cercando",
        "non trovata; non esiste; non è stata trovata; inesistente",
    ),
    italian_otherwise="Contenuto non trovato",
    dutch=_sentences(
        "pagina; de pagina; deze pagina",
        """
        niet gevonden; is niet gevonden; kon niet worden gevonden; bestaat niet; bestaat niet meer
        """,
    ),
    swedish="Sidan hittades inte; Sidan kunde inte hittas; Sidan kan inte hittas; Sidan finns inte",
    norwegian="Siden ble ikke funnet; Siden finnes ikke; Fant ikke siden; Finner ikke siden",
    danish="Siden blev ikke fundet; Siden findes ikke; Siden kunne ikke findes",
    finnish="Sivua ei löydy; Sivua ei löytynyt; Sivua ei ole olemassa",
    polish="""
        Nie znaleziono strony; Strona nie została znaleziona; Strona nie istnieje
        Podana strona nie istnieje; Nie ma takiej strony
    """,
    czech_slovak="""
        Stránka nenalezena; Stránka nebyla nalezena; Stránka neexistuje
        Stránka sa nenašla; Stránka nebola nájdená
    """,
    hungarian="Az oldal nem található; A keresett oldal nem található",
    romanian="Pagina nu a fost găsită; Pagina nu există",
    croatian_slovene="""
        Stranica nije pronađena; Stranica ne postoji; Stran ne obstaja; Stran ni bila najdena
    """,
    russian="""
        Страница не найдена; Запрашиваемая страница не найдена; Страница не существует
        Страница не существует или удалена; Такой страницы нет; Такой страницы не существует
        Нет такой страницы
    """,
    ukrainian="Сторінку не знайдено; Сторінка не знайдена; Сторінка не існує",
    bulgarian="Страницата не е намерена",
    greek="Η σελίδα δεν βρέθηκε; Η σελίδα δεν υπάρχει",
    turkish="Sayfa bulunamadı; Aradığınız sayfa bulunamadı; Böyle bir sayfa yok",
    arabic="الصفحة غير موجودة; لم يتم العثور على الصفحة",
    hebrew="הדף לא נמצא; העמוד לא נמצא",
    japanese="""
        ページが見つかりません; ページが見つかりませんでした; ページは見つかりませんでした
        ページが存在しません; お探しのページは見つかりません; お探しのページは見つかりませんでした
        お探しのページが見つかりません; お探しのページが見つかりませんでした
        指定されたページが見つかりません; 指定されたページは存在しません
    """,
    chinese="""
        页面不存在; 该页面不存在; 您访问的页面不存在; 你访问的页面不存在; 抱歉您访问的页面不存在
        页面未找到; 页面没有找到; 找不到页面; 无法找到页面
        頁面不存在; 找不到頁面; 找不到網頁; 您訪問的頁面不存在
    """,
    korean="""
        페이지를 찾을 수 없습니다; 요청하신 페이지를 찾을 수 없습니다; 페이지가 존재하지 않습니다
        존재하지 않는 페이지입니다
    """,
    vietnamese="Không tìm thấy trang; Trang không tồn tại",
    indonesian="Halaman tidak ditemukan",
)
SAYINGS = frozenset(without(FILLERS, saying) for saying in _SAYINGS)
"""Titles and headings that say of the page that it is gone."""

BARE_SAYINGS = _phrases(
    english="""
        Not found; Gone; Does not exist; Page missing; Missing page; Lost page; File missing
        There's nothing here; Nothing found here
    """,
    german="Nicht gefunden",
    french="Non trouvé; Introuvable",
    spanish="No encontrado; No encontrada",
    portuguese="Não encontrado; Não encontrada",
    italian="Non trovato; Non trovata",
    dutch="Niet gevonden",
    nordic="Hittades inte; Ikke funnet; Ikke fundet; Ei löytynyt",
    slavic="Nie znaleziono; Nenalezeno; Не найдено; Не знайдено",
    others="Nem található; Bulunamadı; Δεν βρέθηκε; غير موجود; לא נמצא",
    east_asian="見つかりません; 未找到; 찾을 수 없음",
)
"""What pages that are gone say, and songs and books are called."""

ADDRESSED = _phrases(
    english=_sentences(
        "page; page that; document; file; content; article; resource",
        "you requested; you have requested; you are looking for; you were looking for",
    ),
    english_otherwise="""
        page you're looking for; page you are trying to; page you were trying to; page you tried to
        requested URL was not found; requested page could not be found
        requested page does not exist; requested page was not found; was not found on this server
        page does not exist; page doesn't exist; page could not be found; page can't be found
        page cannot be found; couldn't find that page; couldn't find the page
        could not find the page; can't find the page; cannot find the page; can't find that page
        can't seem to find the page; this page no longer exists; nothing was found at this location
        may have been moved; may have been removed; may have been deleted; might have been moved
        might have been removed; may have been moved or deleted; has been moved or deleted
        has been moved or removed; moved or no longer exists; check the URL; check the address
    """,
    german="""
        die gesuchte Seite; die angeforderte Seite; die aufgerufene Seite; die gewünschte Seite
        die von Ihnen gesuchte Seite; die von Ihnen aufgerufene Seite; die von dir gesuchte Seite
        Seite existiert nicht; Seite wurde nicht gefunden
    """,
    french="""
        la page que vous recherchez; la page que vous cherchez; la page que vous avez demandée
        la page demandée; n'existe pas ou n'existe plus
    """,
    spanish="""
        la página que buscas; la página que busca; la página que está buscando
        la página que intentas; la página solicitada
    """,
    portuguese="""
        a página que procura; a página que você procura; a página que você está procurando
        a página solicitada
    """,
    italian="la pagina che stai cercando; la pagina che cerchi; la pagina richiesta",
    dutch="de pagina die je zoekt; de pagina die u zoekt; de opgevraagde pagina",
    nordic="""
        sidan du söker; sidan du letar efter; siden du leter; siden du leder efter; etsimääsi sivua
    """,
    slavic="""
        strona, której szukasz; podana strona nie istnieje; požadovaná stránka
        stránka, kterou hledáte; страница не найдена; запрашиваемая страница
        страница, которую вы ищете; страница удалена; такой страницы нет
    """,
    others="""
        a keresett oldal; pagina pe care o căutați; aradığınız sayfa; η σελίδα που αναζητάτε
        الصفحة التي تبحث عنها; trang bạn
    """,
    east_asian="""
        お探しのページ; 指定されたページ; アクセスしようとしたページ; ページは存在しないか
        您访问的页面; 你访问的页面; 您要查找的页面; 你要找的页面; 您訪問的頁面
        요청하신 페이지; 찾으시는 페이지
    """,
)
"""What they say to their reader, in a sentence; articles about them seldom do."""

HINTS = BARE_SAYINGS | _phrases(
    english="""
        404; 410; oops; ooops; whoops; sorry; error; lost; missing; removed; deleted; discontinued
        expired; suspended; unavailable; not available; isn't available; no longer available
        no longer exists; doesn't exist; can't be found; nothing found; default page; shut down
        shutting down
    """,
    german="Fehler; nicht verfügbar; nicht mehr verfügbar; gelöscht",
    french="erreur; désolé; indisponible; supprimé; supprimée",
    spanish="lo sentimos; no disponible; eliminado",
    portuguese="erro; indisponível; não disponível",
    italian="errore; non disponibile",
    dutch="fout; niet beschikbaar",
    slavic="ошибка; не найдена; не найден; удалена; удалено; nie istnieje; nenalezena",
    east_asian="エラー; 存在しません; 不存在; 找不到; 찾을 수 없습니다; 오류",
)
"""What makes a short page doubtful when its title or heading has it."""

EXCUSES = _phrases(
    english="""
        maintenance; temporarily; try again later; coming soon; under construction; back soon
        be right back; service unavailable; internal server error; bad gateway; gateway timeout
        database connection; too many requests; rate limit; access denied; forbidden; blocked
        unusual activity; unusual traffic; in your country; in your region; in your location
        enable JavaScript; enable cookies
    """,
    german="Wartung; Wartungsarbeiten; vorübergehend; später erneut; in Kürze",
    french="en maintenance; temporairement; réessayer plus tard; bientôt",
    spanish="mantenimiento; temporalmente; más tarde; próximamente",
    portuguese="manutenção; temporariamente; mais tarde; em breve",
    italian="manutenzione; temporaneamente; più tardi; prossimamente",
    dutch="onderhoud; tijdelijk; later opnieuw; binnenkort",
    slavic="przerwa techniczna; технические работы; временно; скоро",
    east_asian="メンテナンス; しばらく; 维护; 維護; 稍后; 점검",
)
"""What explains such a page in another way: it may be back, or be shown to others, everywhere."""

SALES = _phrases(
    english="""
        This domain is for sale; This domain name is for sale; This website is for sale
        This domain may be for sale; This domain name may be for sale
        This domain is available for sale; Buy this domain; Buy this domain name; Get this domain
        Purchase this domain; Own this domain today; Inquire about this domain
        Interested in this domain; Make an offer on this domain
    """,
    german="Diese Domain steht zum Verkauf; Diese Domain ist zu verkaufen; Diese Domain kaufen",
    french="Ce domaine est à vendre; Ce nom de domaine est à vendre",
    spanish="Este dominio está en venta; Comprar este dominio",
    portuguese="Este domínio está à venda",
    italian="Questo dominio è in vendita",
    dutch="Deze domeinnaam is te koop; Dit domein is te koop",
    slavic="""
        Ta domena jest na sprzedaż; Tato doména je na prodej; Этот домен продаётся
        Этот домен продается
    """,
    east_asian="此域名出售; 本域名出售; このドメインは売り出し中です; 이 도메인은 판매 중입니다",
)
"""What a page says of its own domain when that is for sale."""

PARKINGS = _phrases(
    english="""
        This domain is parked; This domain name is parked; This domain is currently parked
        This domain is parked free; This page is parked free; This web page is parked free
        This web page is parked for free; This domain has expired; This domain name has expired
        This domain is expired; This domain name expired; This domain has recently been registered
        is registered, but may still be available
    """,
    german="Diese Domain ist geparkt; Diese Domain wurde geparkt",
    french="Ce domaine est parqué; Ce nom de domaine a expiré",
    spanish="Este dominio está aparcado; Este dominio ha caducado",
    italian="Questo dominio è parcheggiato",
    russian="Срок регистрации домена истёк; Срок регистрации домена истек",
    chinese="该域名已过期",
)
"""What it says when nothing is there but the domain."""

SALE_TITLES = _phrases(
    english="""
        Domain for sale; Domain is for sale; The domain is for sale; Domain name for sale
    """,
    german="Domain zu verkaufen",
    french="Domaine à vendre; Nom de domaine à vendre",
    spanish="Dominio en venta",
    portuguese="Domínio à venda",
    italian="Dominio in vendita",
    dutch="Domeinnaam te koop",
    slavic="Domena na sprzedaż; Домен продаётся; Домен продается",
    chinese="域名出售",
)
PARKING_TITLES = _phrases(
    english="""
        Parked domain; Parked domain name; Domain parked; Domain parking; Domain expired
        Domain has expired
    """,
    german="Domain ist geparkt",
    russian="Домен припаркован",
)
"""Parts of titles that say the same beside the domain's name, and without it are subjects."""

SIGN_IN_TITLES = _phrases(
    english="""
        Login; Log in; Log on; Logon; Sign in; Signin; Please log in; Please sign in; Login required
        Log in to continue; Sign in to continue; Log in to your account; Sign in to your account
        Log in or sign up; Sign in or sign up; Log in or sign up to view; Authentication required
        Member login; User login; Account login; Customer login; Web login service
    """,
    german="Anmelden; Anmeldung; Einloggen",
    french="Connexion; Se connecter; Identification",
    spanish="Iniciar sesión; Inicio de sesión; Acceder; Entrar",
    portuguese="Iniciar sessão; Fazer login",
    italian="Accedi; Accesso",
    dutch="Inloggen; Aanmelden",
    nordic="Logga in; Logg inn; Log ind; Kirjaudu sisään",
    slavic="Zaloguj się; Logowanie; Přihlášení; Вход; Войти; Авторизация; Увійти",
    others="Giriş yap; Oturum aç; Bejelentkezés; تسجيل الدخول",
    east_asian="ログイン; 登录; 登錄; 登入; 로그인",
)
"""Titles and headings, as a whole, of pages where people sign in."""
