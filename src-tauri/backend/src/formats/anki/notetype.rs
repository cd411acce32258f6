//! Note types: their fields and templates, from JSON up to schema 14 and from protobuf later.

use std::collections::{BTreeMap, HashMap};

use prost::Message as _;
use serde::Deserialize;

use super::AnkiError;
use super::proto::{NotetypeConfig, TemplateConfig};
use super::template::Template;
use crate::store::anki::{NotetypeRow, PartRow};

/// Most note types of a collection, and most fields and templates of a note type.
const MAX_TYPES: usize = 10_000;
const MAX_PARTS: usize = 500;

/// A note type.
#[derive(Debug)]
pub(in crate::formats) struct Notetype {
    pub(super) name: String,
    /// Whether its cards are made by the numbers of clozes.
    pub(super) cloze: bool,
    /// Names of its fields.
    pub(in crate::formats) fields: Vec<String>,
    /// Its templates, by ordinal; of clozes there is one for all.
    pub(super) templates: Vec<CardTemplate>,
}

/// What makes a card.
#[derive(Debug)]
pub(super) struct CardTemplate {
    pub(super) name: String,
    pub(super) front: Template,
    pub(super) back: Template,
}

impl Notetype {
    /// A note type; of its templates, name, front and back.
    pub(in crate::formats) fn new(
        name: String,
        cloze: bool,
        fields: Vec<String>,
        templates: Vec<(String, String, String)>,
    ) -> Result<Self, AnkiError> {
        if fields.len() > MAX_PARTS || templates.len() > MAX_PARTS {
            return Err(AnkiError::TooMuch {
                what: "fields of a note type",
                limit: MAX_PARTS as u64,
            });
        }
        let templates = templates
            .into_iter()
            .map(|(name, front, back)| CardTemplate {
                name,
                front: Template::parse(&front, &fields),
                back: Template::parse(&back, &fields),
            })
            .collect();
        Ok(Self { name, cloze, fields, templates })
    }

    /// The template of a card.
    pub(super) fn template(&self, ordinal: u32) -> Option<&CardTemplate> {
        self.templates.get(if self.cloze { 0 } else { ordinal as usize })
    }

    /// The place of the field of this name, whatever its case.
    pub(super) fn field(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.eq_ignore_ascii_case(name))
    }
}

#[derive(Deserialize)]
struct Model {
    name: String,
    #[serde(default)]
    r#type: i64,
    #[serde(default)]
    flds: Vec<ModelField>,
    #[serde(default)]
    tmpls: Vec<ModelTemplate>,
}

#[derive(Deserialize)]
struct ModelField {
    name: String,
    #[serde(default)]
    ord: Option<i64>,
}

#[derive(Deserialize)]
struct ModelTemplate {
    name: String,
    #[serde(default)]
    ord: Option<i64>,
    #[serde(default)]
    qfmt: String,
    #[serde(default)]
    afmt: String,
}

/// The note types of the JSON in `col`, by id.
pub(super) fn of_json(json: &str) -> Result<HashMap<i64, Notetype>, AnkiError> {
    let models: BTreeMap<String, Model> =
        serde_json::from_str(json).map_err(|why| AnkiError::damaged("note types", &why))?;
    bounded(models.len())?;
    let mut types = HashMap::new();
    for (id, mut model) in models {
        let Ok(id) = id.parse() else { continue };
        model.flds.sort_by_key(|field| field.ord);
        model.tmpls.sort_by_key(|template| template.ord);
        let fields = model.flds.into_iter().map(|field| field.name).collect();
        let templates = model.tmpls.into_iter().map(|t| (t.name, t.qfmt, t.afmt)).collect();
        types.insert(id, Notetype::new(model.name, model.r#type == 1, fields, templates)?);
    }
    Ok(types)
}

/// The note types of the tables, by id.
pub(super) fn of_rows(
    (types, mut fields, mut templates): (Vec<NotetypeRow>, Vec<PartRow>, Vec<PartRow>),
) -> Result<HashMap<i64, Notetype>, AnkiError> {
    bounded(types.len())?;
    fields.sort_by_key(|field| field.ord);
    templates.sort_by_key(|template| template.ord);
    let mut names: HashMap<i64, Vec<String>> = HashMap::new();
    for field in fields {
        names.entry(field.notetype).or_default().push(field.name);
    }
    let mut made: HashMap<i64, Vec<(String, String, String)>> = HashMap::new();
    for template in templates {
        let config = TemplateConfig::decode(&*template.config)
            .map_err(|why| AnkiError::damaged("templates", &why))?;
        let sides = (template.name, config.q_format, config.a_format);
        made.entry(template.notetype).or_default().push(sides);
    }
    let mut all = HashMap::new();
    for row in types {
        let config = NotetypeConfig::decode(&*row.config)
            .map_err(|why| AnkiError::damaged("note types", &why))?;
        let fields = names.remove(&row.id).unwrap_or_default();
        let templates = made.remove(&row.id).unwrap_or_default();
        all.insert(row.id, Notetype::new(row.name, config.kind == 1, fields, templates)?);
    }
    Ok(all)
}

fn bounded(types: usize) -> Result<(), AnkiError> {
    if types > MAX_TYPES {
        return Err(AnkiError::TooMuch { what: "note types", limit: MAX_TYPES as u64 });
    }
    Ok(())
}
