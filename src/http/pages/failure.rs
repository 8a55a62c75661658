use askama::Template;
use axum::http::StatusCode;

use super::layout::Layout;
use crate::http::error::ApiError;

#[derive(Template)]
#[template(path = "error.html", config = "src/http/askama.toml")]
struct ErrorPage {
    layout: Layout,
    status: u16,
    heading: &'static str,
    detail: String,
}

/// Writes the page of an error; nothing where even that fails.
pub(crate) fn error_page(error: &ApiError) -> Option<String> {
    let status = error.status();
    let page = ErrorPage {
        layout: Layout::default(),
        status: status.as_u16(),
        heading: heading(status),
        detail: error.to_string(),
    };
    page.render().ok()
}

fn heading(status: StatusCode) -> &'static str {
    match status {
        StatusCode::BAD_REQUEST => "无法理解这个请求",
        StatusCode::NOT_FOUND => "没有找到这个页面",
        StatusCode::GONE => "这条记录已被移除",
        StatusCode::METHOD_NOT_ALLOWED => "这个地址不支持该操作",
        StatusCode::SERVICE_UNAVAILABLE => "服务正忙，请稍后再试",
        StatusCode::GATEWAY_TIMEOUT => "查询用时过长，请缩小范围",
        status if status.is_server_error() => "服务出错了",
        _ => "请求未被接受",
    }
}
