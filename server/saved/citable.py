"""Which answer a receipt is asked of: what a request says, and what is recorded of its answer."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import parse_qsl

from starlette.requests import Request

from queries.errors import ParameterError
from server.problem import Problem
from server.resource import body
from server.saved.asking import Answered, bad_parameter
from server.saved.given import OWN_PARAMETERS
from server.saved.receipts import Given, Receipt

_DATASET, _DIGEST = "dataset", "digest"  # of the answer that was seen
_FORM = "application/x-www-form-urlencoded"
_LARGEST_FORM = 64 * 1024
_MOST_FIELDS = 100


async def fields(request: Request) -> dict[str, str]:
    """What the address and a form say; :class:`Problem` 400 for what is said twice."""
    pairs = request.query_params.multi_items()
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() == _FORM:
        content = await body(request, _LARGEST_FORM, "form")
        try:
            pairs += parse_qsl(
                content.decode("utf-8"),
                keep_blank_values=True,
                strict_parsing=bool(content),
                max_num_fields=_MOST_FIELDS,
            )
        except ValueError as error:
            raise Problem(
                HTTPStatus.BAD_REQUEST, "Bad form", f"The form can not be read: {error}."
            ) from error
    found: dict[str, str] = {}
    for name, value in pairs:
        if name in found and name not in OWN_PARAMETERS:
            raise bad_parameter(ParameterError(name, "given more than once"))
        found[name] = value
    return found


def check_seen(said: dict[str, str], answered: Answered) -> None:
    """:class:`Problem` 409 where the answer is not the one that was seen."""
    version, digest = answered.version, answered.answer.digest
    now = {_DATASET: version, _DIGEST: digest}
    other = [name for name, value in now.items() if said.get(name, value) != value]
    if other:
        raise Problem(
            HTTPStatus.CONFLICT,
            "Not the answer that was seen",
            f"The {' and the '.join(other)} are others than those seen: data set "
            f"{version} is served now. Ask the question again, look at the answer, and "
            "make the receipt with its dataset and digest.",
            dataset=version,
            digest=digest,
        )


def receipt_of(answered: Answered) -> Receipt:
    """The receipt of an answer, of this moment."""
    asked, answer = answered.asked, answered.answer
    shorts = asked.values
    return Receipt(
        question=asked.query.name,
        iri=asked.query.iri,
        title=asked.query.title,
        version=asked.query.version,
        fingerprint=asked.query.fingerprint,
        parameters={
            name: Given("" if term is None else str(term), shorts[name])
            for name, term in asked.terms.items()
        },
        language=asked.language,
        dataset=answered.version,
        digest=answer.digest,
        rows=len(answer.rows),
        variables=answer.variables,
        time=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        kept=True,
    )
