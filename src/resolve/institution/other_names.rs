use std::collections::BTreeSet;

use super::{InstitutionLink, affiliation::read_affiliation, authority, canonical_name, institution_key};
use crate::{
    domain::Dossier,
    resolve::alias::{names_after, names_within},
    text::fold_key,
};

/// Another name of an institution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstitutionAlias {
    /// Key of the institution.
    pub institution: String,
    /// As printed, or as the authority list has it.
    pub name: String,
    /// Key under which the name stands where nothing says whose it is.
    pub key: String,
    /// What says so.
    pub evidence: String,
    /// The field of the dossier in which it stands: `institutions[2].contribution`; [`AUTHORITY`] for a name
    /// of the authority list.
    pub field: String,
}

/// The field of an alias that no document prints.
pub const AUTHORITY: &str = "authority";

/// Collects the other names that a dossier prints for its completing institutions, each once.
pub(in crate::resolve) fn printed_aliases(dossier: &Dossier) -> Vec<InstitutionAlias> {
    let mut aliases: Vec<InstitutionAlias> = Vec::new();
    let mut known = BTreeSet::new();
    for (index, institution) in dossier.institutions.iter().enumerate() {
        let own = canonical_name(&institution.name);
        if own.key.is_empty() {
            continue;
        }
        let printed = read_affiliation(&institution.name).institutions.swap_remove(0).body();
        let within = names_within(&institution.name)
            .into_iter()
            .map(|name| (name, institution.name.trim().to_owned(), "name"));
        let text = institution.contribution.as_deref().unwrap_or_default();
        let mut after = names_after(text, &institution.name);
        if printed != institution.name {
            after.extend(names_after(text, &printed));
        }
        let after = after.into_iter().map(|(name, sentence)| (name, sentence, "contribution"));
        for (name, evidence, field) in within.chain(after) {
            if fold_key(&name) != fold_key(&own.name) && known.insert((own.key.clone(), fold_key(&name))) {
                let field = format!("institutions[{index}].{field}");
                let (institution, key) = (own.key.clone(), institution_key(&name));
                aliases.push(InstitutionAlias { institution, name, key, evidence, field });
            }
        }
    }
    aliases
}

/// Adds to the printed aliases the names under which the linked institutions are printed or listed besides:
/// spellings that a rule or the dossier settles, and names of the authority list.
pub(in crate::resolve) fn all_aliases<'l>(
    printed: Vec<InstitutionAlias>,
    links: impl Iterator<Item = (String, &'l InstitutionLink)>,
) -> Vec<InstitutionAlias> {
    let mut known: BTreeSet<(String, String)> =
        printed.iter().map(|alias| (alias.institution.clone(), fold_key(&alias.name))).collect();
    let (mut met, mut listed) = (Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    for (field, link) in links {
        let (institution, own) = (link.key.clone(), fold_key(&link.name));
        if seen.insert(institution.clone())
            && let Some(body) = authority::body(&institution)
        {
            let others = authority::own_names(body).filter(|other| fold_key(other.name) != own);
            // Where another name is shown, its row says that the legal one is the same.
            let shown = body.names.iter().find(|other| fold_key(other.name) == own);
            let legal = shown.map(|shown| (body.name, shown));
            let names = legal.into_iter().chain(others.map(|other| (other.name, other)));
            listed.extend(names.map(|(name, row)| InstitutionAlias {
                institution: institution.clone(),
                name: name.to_owned(),
                key: institution_key(name),
                evidence: authority::evidence(body, row),
                field: AUTHORITY.to_owned(),
            }));
        }
        let by_list = authority::body(&institution).is_some_and(|body| authority::bears(body, &link.printed));
        let Some(evidence) = link.evidence.clone().filter(|_| !by_list && link.method.names_otherwise())
        else {
            continue;
        };
        let (name, key) = (link.printed.clone(), institution_key(&link.printed));
        met.push(InstitutionAlias { institution, name, key, evidence, field });
        known.extend(Some((link.key.clone(), own)));
    }
    let mut aliases = printed;
    for alias in met.into_iter().chain(listed) {
        if known.insert((alias.institution.clone(), fold_key(&alias.name))) {
            aliases.push(alias);
        }
    }
    aliases
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::Institution, resolve::institution::Names};

    #[test]
    fn names_of_the_list_are_aliases_with_their_source() {
        let institutions = ["新桥医院", "零氪科技(天津)有限公司"]
            .map(|name| Institution { name: name.into(), ..Institution::default() })
            .into();
        let dossier = Dossier { institutions, ..Dossier::default() };
        let names = Names::new(&dossier, &[]);
        let links: Vec<InstitutionLink> = ["陆军军医大学新桥医院骨科", "零氟科技(天津)有限公司"]
            .iter()
            .filter_map(|printed| names.link(printed))
            .collect();
        assert_eq!(
            links[0].name, "陆军军医大学第二附属医院",
            "by a short form it is shown under its legal name, whichever was printed first"
        );
        let fields = (0..).map(|at| format!("contributors[{at}].institution"));
        let aliases = all_aliases(Vec::new(), fields.zip(&links));
        let met: Vec<_> = aliases
            .iter()
            .filter(|alias| alias.field != AUTHORITY)
            .map(|alias| alias.name.as_str())
            .collect();
        assert_eq!(met, ["零氟科技(天津)有限公司"]);
        let listed = aliases.iter().find(|alias| alias.name == "新桥医院").expect("listed");
        assert_eq!(listed.field, AUTHORITY);
        let beijing = names.link("北京协和医院").expect("named");
        let aliases = all_aliases(Vec::new(), [(String::new(), &beijing)].into_iter());
        assert_eq!(beijing.name, "北京协和医院", "of two names on its plate the printed one is shown");
        let legal: Vec<_> = aliases.iter().map(|alias| alias.name.as_str()).collect();
        assert_eq!(legal.first(), Some(&"中国医学科学院北京协和医院"));
        assert_eq!(listed.evidence, "机构名录：“新桥医院”是陆军军医大学第二附属医院的简称（本单位自用）");
    }
}
