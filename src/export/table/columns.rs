use std::collections::BTreeSet;

use super::{Column, count, list};
use crate::{
    domain::{
        ClaimRecord, Contribution, EntityRef, InstitutionRecord, IpRecord, JournalRecord, PaperRecord,
        PersonRecord, RankedPerson,
    },
    export::{DossierParts, locator::Locator},
};

macro_rules! columns {
    ($($name:literal $label:literal $cell:expr;)*) => {
        &[$(Column { name: $name, label: $label, cell: $cell }),*]
    };
}

pub(super) const DOSSIER: &[Column<DossierParts>] = columns! {
    "id" "标识" |of| (&of.dossier.id).into();
    "type" "类型" |of| of.dossier.kind.name().into();
    "title" "项目名称" |of| of.dossier.title.as_deref().into();
    "award" "奖项" |of| of.dossier.award.as_ref().and_then(|award| award.name.as_deref()).into();
    "category" "奖种" |of| of.dossier.award.as_ref().and_then(|award| award.category.as_deref()).into();
    "year" "年份" |of| of.dossier.award.as_ref().and_then(|award| award.year).into();
    "recommender" "推荐单位" |of| of.dossier.award.as_ref().and_then(|award| award.recommender.as_deref()).into();
    "contributors" "完成人" |of| list(of.dossier.contributors.iter().map(|person| person.name.as_str()));
    "institutions" "完成单位" |of| list(of.dossier.institutions.iter().map(|institution| institution.name.as_str()));
    "claims" "创新点" |of| list(of.dossier.claims.iter().map(|claim| claim.heading.as_str()));
    "papers" "论文数" |of| count(of.dossier.papers.len());
    "ip" "知识产权数" |of| count(of.dossier.ip.len());
    "summary" "项目简介" |of| of.dossier.summary.as_deref().into();
    "source" "文件" |of| (&of.dossier.source.path).into();
};

pub(super) const PERSON: &[Column<PersonRecord>] = columns! {
    "id" "标识" |of| (&of.id).into();
    "name" "姓名" |of| (&of.name).into();
    "institution_id" "单位标识" |of| id(of.institution.as_ref()).into();
    "institution" "单位" |of| name(of.institution.as_ref()).into();
    "titles" "专业技术职称" |of| list(of.titles.iter().map(String::as_str));
    "dossiers" "项目" |of| list(of.contributions.iter().map(|part| part.dossier.title.as_str()));
    "best_rank" "最前排名" |of| of.contributions.iter().filter_map(|part| part.rank).min().into();
    "papers" "论文数" |of| count(of.papers.len());
    "ip" "知识产权数" |of| count(of.ip.len());
    "co_contributors" "合作完成人数" |of| count(of.co_contributors.len());
};

pub(super) const INSTITUTION: &[Column<InstitutionRecord>] = columns! {
    "id" "标识" |of| (&of.id).into();
    "name" "单位名称" |of| (&of.name).into();
    "aliases" "其他名称" |of| list(of.aliases.iter().map(|alias| alias.name.as_str()));
    "dossiers" "项目" |of| list(of.dossiers.iter().map(|part| part.dossier.title.as_str()));
    "best_rank" "最前排名" |of| of.dossiers.iter().filter_map(|part| part.rank).min().into();
    "people" "完成人数" |of| count(of.people.iter().map(|member| &member.person.id).collect::<BTreeSet<_>>().len());
};

pub(super) const JOURNAL: &[Column<JournalRecord>] = columns! {
    "id" "标识" |of| (&of.id).into();
    "name" "刊名" |of| (&of.name).into();
    "papers" "论文数" |of| count(of.papers.len());
};

pub(super) const PAPER: &[Column<PaperRecord>] = columns! {
    "id" "标识" |of| (&of.id).into();
    "dossier_id" "项目标识" |of| (&of.dossier.id).into();
    "dossier" "项目" |of| (&of.dossier.title).into();
    "dossier_year" "项目年份" |of| of.dossier.year.into();
    "number" "序号" |of| of.paper.number.into();
    "title" "论文名称" |of| (&of.paper.title).into();
    "journal" "刊名" |of| of.paper.journal.as_deref().into();
    "year" "发表年份" |of| of.paper.year.into();
    "locator" "卷期页码" |of| of.paper.locator.as_deref().into();
    "volume" "卷" |of| locator(of).volume.as_deref().into();
    "issue" "期" |of| locator(of).issue.as_deref().into();
    "pages" "页码" |of| locator(of).pages("-").as_deref().into();
    "doi" "DOI" |of| of.paper.doi.as_deref().into();
    "impact_factor" "影响因子" |of| of.paper.impact_factor.into();
    "citations" "他引次数" |of| of.paper.citations.into();
    "database" "检索数据库" |of| of.paper.database.as_deref().into();
    "authors" "作者" |of| list(of.paper.authors.iter().map(String::as_str));
    "corresponding_authors" "通讯作者" |of| list(of.paper.corresponding_authors.iter().map(String::as_str));
    "contributors" "作者中的完成人" |of| list(names(&of.people));
};

pub(super) const IP: &[Column<IpRecord>] = columns! {
    "id" "标识" |of| (&of.id).into();
    "dossier_id" "项目标识" |of| (&of.dossier.id).into();
    "dossier" "项目" |of| (&of.dossier.title).into();
    "dossier_year" "项目年份" |of| of.dossier.year.into();
    "number" "序号" |of| of.ip.number.into();
    "category" "类别" |of| of.ip.category.as_deref().into();
    "country" "国别" |of| of.ip.country.as_deref().into();
    "grant_number" "授权号" |of| of.ip.grant_number.as_deref().into();
    "grant_date" "授权时间" |of| of.ip.grant_date.as_deref().into();
    "title" "知识产权名称" |of| (&of.ip.title).into();
    "holders" "发明人或权利人" |of| list(of.ip.holders.iter().map(String::as_str));
    "contributors" "其中的完成人" |of| list(names(&of.people));
};

pub(super) const CLAIM: &[Column<ClaimRecord>] = columns! {
    "id" "标识" |of| (&of.id).into();
    "dossier_id" "项目标识" |of| (&of.dossier.id).into();
    "dossier" "项目" |of| (&of.dossier.title).into();
    "dossier_year" "项目年份" |of| of.dossier.year.into();
    "number" "创新点" |of| of.claim.number.into();
    "heading" "首句" |of| (&of.claim.heading).into();
    "text" "全文" |of| (&of.claim.text).into();
    "contributors" "贡献者" |of| list(people(&of.contributors));
    "institutions" "单位" |of| list(names(&of.institutions));
};

pub(super) const CONTRIBUTION: &[Column<Contribution>] = columns! {
    "id" "标识" |of| (&of.id).into();
    "person_id" "完成人标识" |of| (&of.person.id).into();
    "person" "完成人" |of| (&of.person.name).into();
    "rank" "排名" |of| of.rank.into();
    "dossier_id" "项目标识" |of| (&of.dossier.id).into();
    "dossier" "项目" |of| (&of.dossier.title).into();
    "dossier_year" "项目年份" |of| of.dossier.year.into();
    "institution_id" "单位标识" |of| id(of.institution.as_ref()).into();
    "institution" "单位" |of| name(of.institution.as_ref()).into();
    "titles" "专业技术职称" |of| list(of.titles.iter().map(String::as_str));
    "post" "行政职务" |of| of.post.as_deref().into();
    "claims" "创新点" |of| list(of.claims.iter().map(|claim| claim.number.to_string()).collect::<Vec<_>>().iter().map(String::as_str));
    "text" "对本项目的贡献" |of| (&of.text).into();
    "evidence" "旁证材料" |of| list(of.evidence.iter().map(String::as_str));
    "papers" "署名论文数" |of| count(of.papers.len());
    "ip" "署名知识产权数" |of| count(of.ip.len());
};

fn id(of: Option<&EntityRef>) -> Option<&str> {
    of.map(|of| of.id.as_str())
}

fn name(of: Option<&EntityRef>) -> Option<&str> {
    of.map(|of| of.name.as_str())
}

fn names(of: &[EntityRef]) -> impl Iterator<Item = &str> {
    of.iter().map(|of| of.name.as_str())
}

fn people(of: &[RankedPerson]) -> impl Iterator<Item = &str> {
    of.iter().map(|of| of.person.name.as_str())
}

fn locator(of: &PaperRecord) -> Locator {
    of.paper.locator.as_deref().and_then(Locator::read).unwrap_or_default()
}
