//! The format `gitlab`.

use super::fixture;
