"""A province whose units, people, tasks, figures and documents can be named."""

from datetime import date

from bot.settings import SHIPPED
from bot.texts import demo_data
from knowledge.catalogue import Catalogue
from knowledge.library.intake import take
from records.forms.files import read_forms, shipped_forms
from services.intents.values import Around, Known
from services.own_work.around import documents
from services.own_work.figures import known_figures

TODAY = date(2026, 11, 28)

TASKS = (
    ("dialogues", "Người đứng đầu đối thoại, tiếp xúc trực tiếp, xử lý đơn thư khiếu nại, tố cáo"),
    ("groups", "Rà soát tổ dân vận ở thôn, tổ dân phố sau sắp xếp đơn vị"),
    ("models", "Vận động tham gia phong trào “Dân vận khéo” giai đoạn 2021 - 2025"),
    ("draft", "Góp ý dự thảo quy chế dân chủ ở cơ sở"),
    ("course", "Mở lớp tập huấn"),
)


def office() -> Around:
    """Return the demo's province with the shipped library."""
    return Around(
        units=[
            Known(id=one["id"], names=tuple(filter(None, (one["name"], one.get("short")))))
            for one in demo_data("units")
        ],
        people=[Known(id=one["id"], names=(one["name"],)) for one in demo_data("people")],
        tasks=[Known(id=key, names=(title,)) for key, title in TASKS],
        figures=known_figures(read_forms((shipped_forms(),))),
        documents=documents(Catalogue.of([take(path) for path in sorted(SHIPPED.glob("*.md"))])),
    )
