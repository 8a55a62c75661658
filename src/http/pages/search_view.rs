use askama::Template;

use super::{
    layout::Layout,
    link,
    pieces::{Piece, pieces},
    record,
};
use crate::{
    domain::{DossierKind, Facet, Kind},
    export::Format,
    http::params::MAX_OFFSET,
    search::{Expansion, FacetCount, Hit, NOT_PRINTED, SearchRequest, SearchResponse, Sort, WordHelp},
};

/// How many values of a facet are shown before the reader asks for more.
const SHORT: usize = 12;
/// How many are shown then.
const LONG: usize = 1000;

/// A search, as the template shows it.
#[derive(Template)]
#[template(path = "search.html", config = "src/http/askama.toml")]
pub(super) struct SearchPage {
    layout: Layout,
    heading: String,
    tabs: Vec<Tab>,
    orders: Vec<Tab>,
    chips: Vec<Chip>,
    clear: String,
    exports: Vec<(Format, String)>,
    facets: Vec<FacetGroup>,
    hits: Vec<HitView>,
    total: u64,
    range: String,
    previous: Option<String>,
    next: Option<String>,
    relaxed: bool,
    warnings: Vec<String>,
    did_you_mean: Option<(String, String)>,
    /// Words that were searched in other forms too, and where they are not.
    synonyms: Vec<String>,
    typed_only: String,
    /// Words without which something is left, how much, and where.
    without: Vec<Tab>,
    nowhere: Vec<String>,
    milliseconds: String,
}

struct Tab {
    label: String,
    count: u64,
    href: String,
    current: bool,
}

struct Chip {
    label: String,
    without: String,
}

struct FacetGroup {
    label: &'static str,
    links: Vec<FacetLink>,
    /// How many values there are besides, and the address at which they are shown.
    more: Option<(u64, String)>,
}

struct FacetLink {
    value: String,
    count: u64,
    href: String,
    chosen: bool,
}

struct HitView {
    href: String,
    title: String,
    line: Vec<String>,
    dossier: Option<(String, String)>,
    snippets: Vec<SnippetView>,
}

struct SnippetView {
    label: &'static str,
    pieces: Vec<Piece>,
}

impl SearchPage {
    /// What the page asks for where its address does not say how many values of a facet it wants.
    pub(super) fn asked(request: SearchRequest) -> SearchRequest {
        let unsaid = request.facet_limit == SearchRequest::default().facet_limit;
        SearchRequest { facet_limit: if unsaid { SHORT } else { request.facet_limit }, ..request }
    }

    /// Makes the view of an answer.
    pub(super) fn new(request: &SearchRequest, answer: &SearchResponse) -> Self {
        let first = SearchRequest { offset: 0, cursor: None, ..request.clone() };
        let shown = answer.hits.len();
        Self {
            layout: Layout { query: request.q.clone(), kept: kept(request) },
            heading: heading(request),
            tabs: tabs(&first, answer),
            orders: orders(&first),
            chips: chips(&first),
            clear: link::search(&SearchRequest { filters: Vec::new(), ..first.clone() }),
            exports: exports(&first),
            facets: facets(&first, answer),
            hits: answer.hits.iter().map(hit).collect(),
            total: answer.total,
            // Behind a cursor nobody knows how many hits lie before.
            range: match request.cursor {
                None => format!("第 {}–{} 条，", request.offset + 1, request.offset + shown),
                Some(_) => String::new(),
            },
            previous: (request.offset > 0)
                .then(|| moved(request, request.offset.saturating_sub(request.limit))),
            next: next(request, answer),
            relaxed: answer.relaxed,
            warnings: answer.warnings.clone(),
            did_you_mean: answer.did_you_mean.clone().map(|q| {
                let href = link::search(&SearchRequest { q: q.clone(), ..first.clone() });
                (q, href)
            }),
            synonyms: answer.synonyms.iter().map(expansion).collect(),
            typed_only: link::search(&SearchRequest { synonyms: false, ..first.clone() }),
            without: without(&first, answer),
            nowhere: nowhere(answer),
            milliseconds: format!("{:.1}", answer.took_ms),
        }
    }
}

fn heading(request: &SearchRequest) -> String {
    match request.q.trim() {
        "" => format!("全部{}", request.kind.label()),
        q => format!("“{q}”的检索结果"),
    }
}

fn kept(request: &SearchRequest) -> Vec<(&'static str, String)> {
    let mut kept = Vec::new();
    if request.kind != Kind::default() {
        kept.push(("kind", request.kind.name().to_owned()));
    }
    kept.extend(request.filters.iter().map(|(facet, value)| (facet.name(), value.clone())));
    if request.sort != Sort::default() {
        kept.push(("sort", request.sort.name().to_owned()));
    }
    kept
}

fn expansion(expansion: &Expansion) -> String {
    format!("{}（{}）", expansion.text, expansion.forms.join("、"))
}

/// What is left where a word is left out, the most first.
fn without(first: &SearchRequest, answer: &SearchResponse) -> Vec<Tab> {
    let words = answer.help.iter().flat_map(|help| &help.words);
    let rest = |word: &WordHelp| Tab {
        label: word.rest.clone(),
        count: word.without,
        href: link::search(&SearchRequest { q: word.rest.clone(), ..first.clone() }),
        current: false,
    };
    let mut rest: Vec<Tab> = words.filter(|word| word.without > 0).map(rest).collect();
    if let Some(count) = answer.help.as_ref().and_then(|help| help.without_filters).filter(|count| *count > 0)
    {
        let href = link::search(&SearchRequest { filters: Vec::new(), ..first.clone() });
        rest.push(Tab { label: "不加条件".to_owned(), count, href, current: false });
    }
    rest
}

/// The words that stand nowhere.
fn nowhere(answer: &SearchResponse) -> Vec<String> {
    let words = answer.help.iter().flat_map(|help| &help.words);
    let bare = |word: &WordHelp| word.word.trim_matches('"').to_owned();
    words.filter(|word| word.alone == 0).map(bare).collect()
}

fn tabs(first: &SearchRequest, answer: &SearchResponse) -> Vec<Tab> {
    let tab = |kind: Kind| Tab {
        label: kind.label().to_owned(),
        count: answer.kinds.get(&kind).copied().unwrap_or(0),
        href: link::search(&SearchRequest { kind, ..first.clone() }),
        current: kind == first.kind,
    };
    Kind::ALL.map(tab).into()
}

fn orders(first: &SearchRequest) -> Vec<Tab> {
    let order = |(label, sort): (&str, Sort)| Tab {
        label: label.to_owned(),
        count: 0,
        href: link::search(&SearchRequest { sort, ..first.clone() }),
        current: sort == first.sort,
    };
    let orders = [
        ("相关度", Sort::Relevance),
        ("年份", Sort::Year),
        ("标题", Sort::Title),
        ("被引", Sort::Citations),
        ("排名", Sort::Rank),
    ];
    orders.map(order).into()
}

/// The files of all hits, in each format that takes them.
fn exports(first: &SearchRequest) -> Vec<(Format, String)> {
    let formats = Format::ALL.into_iter().filter(|format| format.takes(first.kind));
    formats.map(|format| (format, link::export(first, format))).collect()
}

fn chips(first: &SearchRequest) -> Vec<Chip> {
    let chip = |(facet, value): &(Facet, String)| Chip {
        label: format!("{}：{}", facet.label(), value_label(*facet, value)),
        without: link::search(&toggled(first, *facet, value)),
    };
    first.filters.iter().map(chip).collect()
}

fn facets(first: &SearchRequest, answer: &SearchResponse) -> Vec<FacetGroup> {
    let group = |facet: Facet| {
        let counts = answer.facets.get(&facet).map_or(&[][..], Vec::as_slice);
        let mut links: Vec<FacetLink> = counts.iter().map(|count| facet_link(first, facet, count)).collect();
        // The chosen values lead, so that they are in sight however rare they are.
        links.sort_by_key(|link| !link.chosen);
        let values = answer.facet_values.get(&facet).copied().unwrap_or_default();
        let besides = values.saturating_sub(links.len() as u64);
        let longer = SearchRequest { facet_limit: LONG, ..first.clone() };
        let more = (besides > 0 && first.facet_limit < LONG).then(|| (besides, link::search(&longer)));
        let missing = answer.missing.get(&facet).copied().unwrap_or_default();
        if missing > 0 && (values > 0 || is_chosen(first, facet, NOT_PRINTED)) {
            let none = FacetCount { value: NOT_PRINTED.into(), id: None, count: missing };
            links.push(facet_link(first, facet, &none));
        }
        FacetGroup { label: facet.label(), links, more }
    };
    Facet::ALL.into_iter().map(group).filter(|group| !group.links.is_empty()).collect()
}

fn facet_link(first: &SearchRequest, facet: Facet, count: &FacetCount) -> FacetLink {
    FacetLink {
        value: value_label(facet, &count.value).to_owned(),
        count: count.count,
        href: link::search(&toggled(first, facet, &count.value)),
        chosen: is_chosen(first, facet, &count.value),
    }
}

fn is_chosen(request: &SearchRequest, facet: Facet, value: &str) -> bool {
    request.filters.iter().any(|(chosen, given)| *chosen == facet && given == value)
}

/// The same search with a value chosen, or no longer chosen.
fn toggled(first: &SearchRequest, facet: Facet, value: &str) -> SearchRequest {
    let mut request = first.clone();
    if is_chosen(first, facet, value) {
        request.filters.retain(|(chosen, given)| *chosen != facet || given != value);
    } else {
        request.filters.push((facet, value.to_owned()));
    }
    request
}

fn value_label(facet: Facet, value: &str) -> &str {
    match value {
        NOT_PRINTED => "未印",
        value if facet != Facet::Type => value,
        value if value == DossierKind::Dossier.name() => "推荐材料",
        value if value == DossierKind::Article.name() => "新闻报道",
        value => value,
    }
}

fn moved(request: &SearchRequest, offset: usize) -> String {
    link::search(&SearchRequest { offset, cursor: None, ..request.clone() })
}

/// The next page: by number as far as numbers go, then behind the last hit of this one.
fn next(request: &SearchRequest, answer: &SearchResponse) -> Option<String> {
    let cursor = answer.next_cursor.as_ref()?;
    let offset = request.offset + request.limit;
    if request.cursor.is_none() && offset <= MAX_OFFSET {
        return Some(moved(request, offset));
    }
    let first = SearchRequest { offset: 0, cursor: None, ..request.clone() };
    Some(link::behind(&first, cursor))
}

fn hit(hit: &Hit) -> HitView {
    let of = hit.dossier.as_ref().filter(|_| hit.kind != Kind::Dossier);
    let dossier = of.map(|dossier| {
        let title = if dossier.title.is_empty() { "无标题" } else { &dossier.title };
        (link::dossier(&dossier.id), title.to_owned())
    });
    let page = of.map(|dossier| link::dossier(&dossier.id));
    let anchor = record::position(hit).map(|number| format!("#{}-{number}", hit.kind.name()));
    let href = link::record(hit.kind, &hit.id)
        .or_else(|| page.map(|page| page + &anchor.unwrap_or_default()))
        .unwrap_or_else(|| "/".to_owned());
    let title = if hit.title.is_empty() { "无标题" } else { &hit.title };
    let snippets = hit.snippets.iter().map(|snippet| SnippetView {
        label: field_label(&snippet.field),
        pieces: pieces(&snippet.text, &snippet.marks),
    });
    HitView { href, title: title.to_owned(), line: record::line(hit), dossier, snippets: snippets.collect() }
}

/// The Chinese name of a field such as `claims[1].text`.
fn field_label(field: &str) -> &'static str {
    let mut parts = field.split(['.', '[']);
    match (parts.next().unwrap_or_default(), field.rsplit('.').next().unwrap_or_default()) {
        ("title", _) => "标题",
        ("summary", _) => "简介",
        ("recommendation", _) => "推荐意见",
        ("claims" | "claim" | "heading", _) => "创新点",
        (_, "contribution") => "贡献",
        ("contributors" | "people" | "person", _) => "完成人",
        ("institutions" | "institution", _) => "单位",
        ("papers" | "paper", _) => "论文",
        ("journal", _) => "期刊",
        ("ip", _) => "知识产权",
        ("award", _) => "奖项",
        ("authors" | "corresponding_authors", _) => "作者",
        ("holders", _) => "权利人",
        ("aliases", _) => "别名",
        ("name", _) => "名称",
        _ => "原文",
    }
}

#[cfg(test)]
#[path = "search_view_tests.rs"]
mod tests;
