//! The format `markdown`.

use super::fixture;
