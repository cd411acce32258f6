//! The rules a blueprint file must keep, beyond its shape.

use std::collections::HashSet;
use std::ops::{Range, RangeInclusive};

use toml::Spanned;

use super::load::{Fault, File, FileAccommodations, FileDomain, FileScale, Paper};
use crate::deck::is_https;

const MAX_ID: usize = 16;
const MAX_CODE: usize = 32;
const MAX_TITLE: usize = 300;
const MAX_SUCCESSORS: usize = 20;
const MAX_DOMAINS: usize = 50;
const MAX_TASKS: usize = 100;
const MAX_EXTRAS: usize = 10;

/// Collects faults with the byte offset of each.
#[derive(Debug, Default)]
pub(super) struct Checker {
    pub(super) faults: Vec<(usize, Fault)>,
}

impl Checker {
    /// Checks all but the dates, which are checked where they are converted.
    pub(super) fn file(&mut self, file: &File) {
        self.name("code", &file.code, MAX_CODE);
        self.line("title", &file.title, MAX_TITLE);
        self.line("provider", &file.provider, MAX_TITLE);
        self.source(&file.source);
        if file.successors.len() > MAX_SUCCESSORS {
            let span = file.successors[MAX_SUCCESSORS].span();
            self.count("successors", span, file.successors.len(), "up to 20");
        }
        for code in &file.successors {
            self.name("successors", code, MAX_CODE);
        }
        self.unique("successors", &file.successors);
        self.paper(&file.paper);
        self.accommodations(&file.accommodations);
        self.scale(&file.scale);
        self.domains(&file.domains);
    }

    fn paper(&mut self, paper: &Paper) {
        self.integer("minutes", &paper.minutes, 1..=1440, "between 1 and 1440");
        self.integer("items", &paper.items, 1..=1000, "between 1 and 1000");
        let items = *paper.items.get_ref();
        self.integer("scored", &paper.scored, 1..=items, "between 1 and the number of items");
        if let Some(extra) = &paper.extra_minutes {
            self.integer("extra_minutes", extra, 0..=1440, "at most 1440");
        }
        for (field, share) in [
            ("multiple_response_share", Some(&paper.multiple_response_share)),
            ("ordering_share", paper.ordering_share.as_ref()),
            ("matching_share", paper.matching_share.as_ref()),
        ] {
            if let Some(share) = share {
                let ok = (0.0..=1.0).contains(share.get_ref());
                self.real(field, share, ok, "between 0 and 1");
            }
        }
        let types = paper.question_types.get_ref();
        if types.is_empty() {
            self.count("question_types", paper.question_types.span(), 0, "one or more");
        }
        let mut seen = HashSet::new();
        for kind in types {
            if !seen.insert(kind.get_ref()) {
                let value = format!("{:?}", kind.get_ref());
                self.fault(kind.span(), Fault::Duplicate { field: "question_types", value });
            }
        }
    }

    fn accommodations(&mut self, granted: &FileAccommodations) {
        let extras = &granted.extra_percent;
        if extras.len() > MAX_EXTRAS {
            let span = extras[MAX_EXTRAS].span();
            self.count("extra_percent", span, extras.len(), "up to 10");
        }
        let mut seen = HashSet::new();
        for extra in extras {
            self.integer("extra_percent", extra, 1..=400, "between 1 and 400");
            if !seen.insert(*extra.get_ref()) {
                let value = extra.get_ref().to_string();
                self.fault(extra.span(), Fault::Duplicate { field: "extra_percent", value });
            }
        }
    }

    fn scale(&mut self, scale: &FileScale) {
        let min = *scale.min.get_ref();
        let max = *scale.max.get_ref();
        let pass = u32::from(*scale.pass.get_ref());
        let upper = &scale.max;
        self.real("max", &float(upper), max > min, "above min");
        let ok = pass > u32::from(min) && pass <= u32::from(max);
        self.real("pass", &float(&scale.pass), ok, "above min and at most max");
        let share = &scale.required_share;
        let ok = *share.get_ref() > 0.0 && *share.get_ref() < 1.0;
        self.real("required_share", share, ok, "between 0 and 1, both excluded");
        let sd = &scale.required_share_sd;
        let ok = *sd.get_ref() > 0.0 && *sd.get_ref() <= 0.25;
        self.real("required_share_sd", sd, ok, "above 0 and at most 0.25");
    }

    fn domains(&mut self, domains: &Spanned<Vec<FileDomain>>) {
        let list = domains.get_ref();
        if list.is_empty() || list.len() > MAX_DOMAINS {
            self.count("domains", domains.span(), list.len(), "1 to 50");
            return;
        }
        for domain in list {
            self.domain(domain);
        }
        let ids: Vec<_> = list.iter().map(|domain| &domain.id).collect();
        self.unique("domain id", &ids);
        let tasks: Vec<_> = list.iter().flat_map(|d| d.tasks.iter().map(|t| &t.id)).collect();
        self.unique("task id", &tasks);
        let sum: f64 = list.iter().map(|domain| domain.weight.get_ref()).sum();
        if (sum - 100.0).abs() > 0.01 {
            let first = list[0].weight.span();
            self.fault(first, Fault::WeightSum(format!("{sum}")));
        }
    }

    fn domain(&mut self, domain: &FileDomain) {
        self.name("domain id", &domain.id, MAX_ID);
        self.line("domain title", &domain.title, MAX_TITLE);
        let weight = *domain.weight.get_ref();
        let ok = weight > 0.0 && weight <= 100.0;
        self.real("domain weight", &domain.weight, ok, "above 0 and at most 100");
        if domain.tasks.is_empty() || domain.tasks.len() > MAX_TASKS {
            self.count("tasks", domain.id.span(), domain.tasks.len(), "1 to 100");
        }
        for task in &domain.tasks {
            self.name("task id", &task.id, MAX_ID);
            self.line("task title", &task.title, MAX_TITLE);
            if let Some(weight) = &task.weight {
                let ok = *weight.get_ref() > 0.0 && *weight.get_ref() <= 1000.0;
                self.real("task weight", weight, ok, "above 0 and at most 1000");
            }
        }
    }

    /// A code or an id: letters, digits, dots and hyphens.
    fn name(&mut self, field: &'static str, text: &Spanned<String>, max: usize) {
        let value = text.get_ref();
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
        let reason = if value.is_empty() || value.len() > max {
            format!("must have 1 to {max} characters")
        } else if !value.chars().all(allowed) {
            "may hold letters, digits, dots and hyphens only".into()
        } else {
            return;
        };
        self.fault(text.span(), Fault::BadText { field, reason });
    }

    /// A text on one line.
    fn line(&mut self, field: &'static str, text: &Spanned<String>, max: usize) {
        let value = text.get_ref();
        let reason = if value.trim().is_empty() {
            "is empty".into()
        } else if value.chars().count() > max {
            format!("is longer than {max} characters")
        } else if value.chars().any(char::is_control) {
            "holds a line end or another control character".into()
        } else {
            return;
        };
        self.fault(text.span(), Fault::BadText { field, reason });
    }

    fn source(&mut self, source: &Spanned<String>) {
        if !is_https(source.get_ref()) {
            self.fault(source.span(), Fault::BadSource);
        }
    }

    fn unique<T>(&mut self, field: &'static str, names: &[T])
    where
        T: std::borrow::Borrow<Spanned<String>>,
    {
        let mut seen = HashSet::new();
        for name in names {
            let name: &Spanned<String> = name.borrow();
            if !seen.insert(name.get_ref().as_str()) {
                let value = name.get_ref().clone();
                self.fault(name.span(), Fault::Duplicate { field, value });
            }
        }
    }

    fn integer(
        &mut self,
        field: &'static str,
        value: &Spanned<u32>,
        allowed: RangeInclusive<u32>,
        range: &'static str,
    ) {
        let number = *value.get_ref();
        if !allowed.contains(&number) {
            let value_text = number.to_string();
            self.fault(value.span(), Fault::OutOfRange { field, value: value_text, range });
        }
    }

    fn real(&mut self, field: &'static str, value: &Spanned<f64>, ok: bool, range: &'static str) {
        if !ok {
            let text = value.get_ref().to_string();
            self.fault(value.span(), Fault::OutOfRange { field, value: text, range });
        }
    }

    fn count(
        &mut self,
        field: &'static str,
        span: Range<usize>,
        count: usize,
        range: &'static str,
    ) {
        self.fault(span, Fault::BadCount { field, count, range });
    }
}

fn float(value: &Spanned<u16>) -> Spanned<f64> {
    Spanned::new(value.span(), f64::from(*value.get_ref()))
}
