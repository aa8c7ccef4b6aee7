"""The settings of the service: one frozen object, read once at the start and passed down."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, IPvAnyNetwork, SecretStr
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from server.forwarded import ROOT_PATH

MIB = 1024 * 1024
CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"
_THIS_MACHINE = (IPv4Network("127.0.0.1"), IPv6Network("::1"))


class Settings(BaseSettings):
    """Environment variables ``SAMENHANG_*``, then ``samenhang.toml`` in the working folder.

    A value that does not fit is a ``pydantic.ValidationError`` at the start, not later.
    """

    model_config = SettingsConfigDict(
        env_prefix="SAMENHANG_", toml_file="samenhang.toml", frozen=True, extra="ignore"
    )

    host: str = Field("127.0.0.1", description="Address the service listens on.")
    port: int = Field(8000, ge=0, le=65535, description="Port the service listens on.")
    data: Path = Field(
        Path("data"), description="Folder of the built dataset and of the store made from it."
    )
    base_iri: str = Field(
        "https://w3id.org/samenhang/",
        pattern=r"^https?://[^\s<>\"{}|\\^`]+/$",
        description="Base of the data's IRIs; ends with a slash.",
    )
    query_timeout_s: float = Field(
        10.0, gt=0, description="Seconds a query may take, waiting for a reader included."
    )
    max_query_bytes: int = Field(
        MIB, gt=0, description="Largest query accepted, in bytes of its request body or URL."
    )
    update_token: SecretStr | None = Field(
        None, description="Who shows this bearer token may write; without it nobody may."
    )
    update_token_sha256: str | None = Field(
        None,
        pattern=r"^[0-9a-fA-F]{64}$",
        description="The SHA-256 of the token instead, for a settings file that others may read.",
    )
    max_upload_bytes: int = Field(
        256 * MIB, gt=0, description="Largest update or document accepted, in bytes of its body."
    )
    update_timeout_s: float = Field(
        60.0, gt=0, description="Seconds a change may take, waiting for its turn included."
    )
    min_free_bytes: int = Field(
        64 * MIB, ge=MIB, description="Bytes of the disk that changes leave free."
    )
    max_receipts: int = Field(
        100_000,
        ge=0,
        description="Receipts of cited answers that may be kept, in the folder of the data.",
    )
    union_default_graph: bool = Field(
        True, description="Queries that name no graph see all graphs together."
    )
    cache_bytes: int = Field(
        64 * MIB, ge=0, description="Memory for answers that are kept, in bytes; 0 keeps none."
    )
    readers: int = Field(
        4, ge=1, description="Reader processes kept ready for queries (the fast lane)."
    )
    slow_readers: int = Field(
        8, ge=0, description="Reader processes at most that are busy with long queries beside them."
    )
    max_queue: int = Field(
        256, ge=0, description="Queries that may wait for a reader; the next is answered 503."
    )
    reader_memory_bytes: int = Field(
        1024 * MIB,
        ge=64 * MIB,
        description="Memory one query may use, in bytes; beyond it its reader is stopped.",
    )
    max_answer_rows: int | None = Field(
        None, gt=0, description="Rows or triples an answer may have; without it any number."
    )
    max_answer_bytes: int | None = Field(
        None, gt=0, description="Bytes an answer may have, unpacked; without it any number."
    )
    allowed_endpoints: tuple[str, ...] = Field(
        (),
        description="Addresses that SERVICE and LOAD may reach (one ending in a slash: all below "
        "it); without any, queries reach nothing. A JSON list in the environment.",
    )

    public_address: str | None = Field(
        None,
        pattern=r"^https?://[^\s/?#]+(/[^\s?#]*[^\s/?#])?$",
        description="The address under which others reach the service, without a slash at the end "
        "(https://data.example.org/samenhang); without it, the one that a client used.",
    )
    root_path: str | None = Field(
        None,
        pattern=f"^{ROOT_PATH}$",
        description="The path under which a proxy shows the service, such as /beleid; without it, "
        "the path of public_address.",
    )
    trusted_proxies: tuple[IPvAnyNetwork, ...] = Field(
        _THIS_MACHINE,
        description="Addresses and networks of proxies whose X-Forwarded-Proto, -Host, -For and "
        "-Prefix count. A JSON list in the environment; [] for none.",
    )
    publisher_name: str = Field(
        "Samenhang", description="Who publishes the data, in the catalogue and in exports."
    )
    publisher_iri: str | None = Field(
        None,
        pattern=r"^https?://\S+$",
        description="The publisher's own IRI, such as that of a ministry in TOOI; without it, one "
        "under the base of the data.",
    )
    publisher_type: str | None = Field(
        None,
        pattern=r"^http://purl\.org/adms/publishertype/[A-Za-z-]+$",
        description="What kind of publisher that is, an IRI of ADMS: "
        "http://purl.org/adms/publishertype/NationalAuthority for a ministry.",
    )
    data_licence: str = Field(
        CC0,
        pattern=r"^https?://\S+$",
        description="The licence of the data: a Creative Commons IRI.",
    )
    publish: bool = Field(
        True, description="Make dumps, exports and feed of each build that is served."
    )
    kept_releases: int = Field(
        12, ge=1, description="Releases whose files are kept; older ones are answered 410."
    )
    contact_name: str = Field(
        "Samenhang", description="Who answers questions about the service, in its description."
    )
    contact_email: str = Field(
        "contact@example.org",
        pattern=r"^[^@\s]+@[^@\s]+$",
        description="Their address; set your own where others use the service.",
    )
    contact_url: str = Field(
        default_factory=lambda given: str(given["base_iri"]),
        pattern=r"^https?://\S+$",
        description="A page about the service or its publisher; without it, the base of the data.",
    )

    contact_phone: str | None = Field(
        None,
        pattern=r"^\+[0-9 ]+$",
        description="A telephone number, which data.overheid.nl asks for: +31 70 1234567.",
    )

    @property
    def mounted_at(self) -> str:
        """The path under which clients know the service, without a slash at the end."""
        if self.root_path is not None:
            return self.root_path
        return urlsplit(self.public_address or "").path

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments win over the environment, the environment over the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)
