"""Words that tables have for closed lists: where an initiative stands, what an organisation is, and the like."""

from collections.abc import Mapping

from learnin.initiatives.formats.record import Reach, RelatedAs, Status


class Kind:
    """Lists of ids that a table may name."""

    THEME = "theme"
    AUDIENCE = "audience"
    COMPONENT = "component"
    SECTOR = "sector"
    STATUS = "status"
    ORGANISATION = "organisation_type"
    REACH = "reach"
    RELATED = "related"


# The names that the app gives come first. Types of organisations are those of IATI 2.03.
WORDS: Mapping[str, Mapping[str, str]] = {
    Kind.STATUS: {
        Status.PIPELINE: (
            "pipeline, planned, proposed, identification, approved, not started, запланировано, планируется, "
            "планується, заплановано, planificat, planirano, planiran, планирано, planlanan, planlandı, "
            "დაგეგმილი, planifikuar, planlaşdırılıb, պլանավորված, жоспарланған, rejalashtirilgan"
        ),
        Status.IMPLEMENTATION: (
            "implementation, ongoing, on-going, active, in progress, current, implementing, running, started, "
            "under implementation, реализация, реализуется, в процессе, идёт, действующий, продолжается, "
            "триває, реалізується, виконується, în derulare, în curs, în implementare, activ, u toku, u tijeku, "
            "aktivan, u provedbi, у току, активан, devam ediyor, devam eden, uygulanıyor, მიმდინარე, në zbatim, "
            "në vazhdim, во тек, в изпълнение, davam edir, ընթացիկ, жүріп жатыр, davom etmoqda"
        ),
        Status.FINALISATION: (
            "finalisation, finalization, closing, завершается, завершальний, finalizare, pri kraju, sonlanıyor"
        ),
        Status.CLOSED: (
            "closed, completed, complete, finished, ended, done, завершён, завершено, завершен, окончен, "
            "закрыт, закінчено, finalizat, încheiat, închis, završen, završeno, zatvoren, завршен, завршено, "
            "tamamlandı, bitti, tamamlanan, დასრულებული, përfunduar, mbyllur, приключен, tamamlanıb, ավարտված, "
            "аяқталды, yakunlangan"
        ),
        Status.CANCELLED: (
            "cancelled, canceled, отменён, отменено, скасовано, anulat, otkazan, otkazano, отказан, iptal, "
            "iptal edildi, გაუქმებული, anuluar, ləğv edilib"
        ),
        Status.SUSPENDED: (
            "suspended, on hold, paused, приостановлен, приостановлено, призупинено, suspendat, obustavljen, "
            "обустављен, askıda, askıya alındı, შეჩერებული, pezulluar, dayandırılıb"
        ),
    },
    Kind.ORGANISATION: {
        "10": (
            "government, goverment, governmental, ministry, правительство, государственный, guvern, vlada, "
            "влада, devlet, kamu, მთავრობა"
        ),
        "11": (
            "local government, municipality, municipal, местная власть, administrație locală, lokalna uprava, belediye"
        ),
        "15": "other public sector, public, agency",
        "21": (
            "international ngo, ingo, international non-governmental organisation, международная нпо, međunarodna nvo"
        ),
        "22": "national ngo, local ngo, ngo, nngo, cso, нпо, нко, ong, nvo, нво, stk",
        "23": "regional ngo",
        "24": "partner country based ngo",
        "30": "public private partnership, ppp",
        "40": "multilateral, un agency, un, united nations, igo, international organisation, оон, onu, ун, bm",
        "60": "foundation, фонд, fundație, fondacija, zaklada, vakıf",
        "70": (
            "private sector, private, company, business, частный сектор, sector privat, privatni sektor, özel sektör"
        ),
        "80": (
            "academic, academia, university, research, training and research, университет, universitate, "
            "univerzitet, üniversite"
        ),
        "90": "other",
    },
    Kind.REACH: {
        Reach.ACTIVITY: "activity, activity is here",
        Reach.BENEFICIARIES: "beneficiaries, people are here",
    },
    Kind.RELATED: {
        RelatedAs.PARENT: "parent",
        RelatedAs.CHILD: "child",
        RelatedAs.SIBLING: "sibling",
        RelatedAs.CO_FUNDED: "co-funded, cofunded",
        RelatedAs.THIRD_PARTY: "third party",
    },
}
