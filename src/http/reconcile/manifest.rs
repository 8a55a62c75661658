use serde_json::{Value, json};

use crate::{
    domain::Kind,
    http::origin::Origin,
    reconcile::{MAX_BATCH, TYPES},
};

/// The frame of a preview, in pixels.
const WIDTH: u32 = 430;
const HEIGHT: u32 = 260;

/// Describes the service to its clients, at the address under which they asked for it.
pub(super) fn manifest(Origin(origin): &Origin) -> Value {
    let suggest =
        |of: &str| json!({"service_url": origin, "service_path": format!("/reconcile/suggest/{of}")});
    json!({
        "versions": ["0.2"],
        "name": "推荐材料检索",
        "identifierSpace": format!("{origin}/reconcile/view?id="),
        "schemaSpace": format!("{origin}/reconcile/properties?type="),
        "documentation": format!("{origin}/openapi.json"),
        "serviceVersion": env!("CARGO_PKG_VERSION"),
        "logo": format!("{origin}/assets/icon.svg"),
        "batchSize": MAX_BATCH,
        "defaultTypes": TYPES.map(named),
        "view": {"url": format!("{origin}/reconcile/view?id={{{{id}}}}")},
        "preview": {"url": format!("{origin}/reconcile/preview?id={{{{id}}}}"), "width": WIDTH, "height": HEIGHT},
        "suggest": {"entity": suggest("entity"), "type": suggest("type"), "property": suggest("property")},
        "extend": {
            "propose_properties": {"service_url": origin, "service_path": "/reconcile/properties"},
            "property_settings": [],
        },
    })
}

/// A type by its identifier.
pub(super) fn named(kind: Kind) -> Value {
    json!({"id": kind.name(), "name": kind.label()})
}
