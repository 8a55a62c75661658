use std::{cmp::Reverse, collections::HashSet};

use super::{
    SuggestKind,
    names::{Form, Keys, Named, Names},
};

/// How something typed meets a name, the best way first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Whole,
    Start,
    Reading,
    Initials,
    Inside,
}

/// What may be suggested: a record of a segment, or a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Place {
    Record { segment: usize, doc: u32 },
    Topic(usize),
}

/// A suggestion by its place in the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ranked {
    way: Way,
    weight: Reverse<u32>,
    length: usize,
    pub(super) place: Place,
    pub(super) kind: SuggestKind,
}

impl Ranked {
    pub(super) fn weight(&self) -> u32 {
        self.weight.0
    }
}

/// What is asked of the names.
pub(super) struct Asked<'a> {
    /// Folded, without white space.
    pub(super) typed: &'a str,
    /// The letters alone, where nothing else was typed.
    pub(super) letters: Option<&'a str>,
    pub(super) kind: Option<SuggestKind>,
    pub(super) limit: usize,
}

/// A record is met by a few names, readings and initials at once.
const KEYS_OF_ONE: usize = 16;

/// The likeliest names, each once; `is_gone` tells of a record whether it is no longer there. Of one kind
/// no more than half, unless there are not enough others.
pub(super) fn likeliest(
    names: &Names,
    asked: &Asked<'_>,
    is_gone: impl Fn(usize, u32) -> bool,
) -> Vec<Ranked> {
    let mut found = [const { Vec::new() }; SuggestKind::ALL.len()];
    for (segment, table) in names.segments.iter().enumerate() {
        let named = |at: usize| {
            let Named { kind, doc, weight } = table.named[at];
            (!is_gone(segment, doc)).then_some((kind, weight, Place::Record { segment, doc }))
        };
        collect(&table.keys, asked, named, &mut found);
    }
    let topic = |at: usize| {
        let count = names.topics.list[at].1;
        (count > 0).then_some((SuggestKind::Topic, count, Place::Topic(at)))
    };
    collect(&names.topics.keys, asked, topic, &mut found);

    let half = if asked.kind.is_some() { asked.limit } else { asked.limit.div_ceil(2) };
    let (mut first, mut rest) = (Vec::new(), Vec::new());
    for of_kind in found {
        let mut of_kind = best(of_kind, asked.limit).into_iter();
        first.extend(of_kind.by_ref().take(half));
        rest.extend(of_kind);
    }
    first.sort_unstable();
    rest.sort_unstable();
    first.extend(rest);
    first.truncate(asked.limit);
    first.sort_unstable();
    first
}

/// The first ones in order, each record once.
fn best(mut found: Vec<Ranked>, limit: usize) -> Vec<Ranked> {
    let room = limit * KEYS_OF_ONE;
    if found.len() > room {
        found.select_nth_unstable(room);
        found.truncate(room);
    }
    found.sort_unstable();
    let mut seen = HashSet::new();
    found.retain(|one| seen.insert(one.place));
    found.truncate(limit);
    found
}

fn collect(
    keys: &Keys,
    asked: &Asked<'_>,
    named: impl Fn(usize) -> Option<(SuggestKind, u32, Place)>,
    found: &mut [Vec<Ranked>],
) {
    let mut take = |at: usize, way: Way, length: usize| {
        let Some((kind, weight, place)) = named(at) else { return };
        if asked.kind.is_none_or(|wanted| wanted == kind) {
            found[kind as usize].push(Ranked { way, weight: Reverse(weight), length, place, kind });
        }
    };
    for (at, _, length) in keys.starting(asked.typed).filter(|&(_, form, _)| form == Form::Name) {
        take(at, if length == asked.typed.len() { Way::Whole } else { Way::Start }, length);
    }
    if let Some(letters) = asked.letters {
        for (at, form, length) in keys.starting(letters) {
            match form {
                Form::Name => {}
                Form::Reading => take(at, Way::Reading, length),
                Form::Initials => take(at, Way::Initials, length),
            }
        }
    }
    // One letter stands inside of everything.
    if asked.typed.chars().nth(1).is_some() {
        for (at, length) in keys.containing(asked.typed) {
            take(at, Way::Inside, length);
        }
    }
}
