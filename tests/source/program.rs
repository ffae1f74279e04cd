//! Writes code against bindings: whatever they offer is used, whatever they ask for is implemented.
//!
//! Only the bindings are read, never the WIT: every function is called with arguments of its parameters' types, every
//! type is constructed and taken apart completely, every alias stands for its target and every other type for itself,
//! every trait is implemented and exported.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use std::collections::BTreeSet;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Attribute, Fields, File, FnArg, Generics, ImplItem, Item, ItemEnum, ItemImpl, ItemMod, ItemStruct, ItemTrait,
    ItemType, Meta, Path, ReturnType, Signature, TraitItem, Type, Visibility,
};

/// Where a program finds the bindings that it is compiled against.
const BINDINGS: &str = "bindings";

/// What the generator keeps for itself.
const INTERNAL: [&str; 3] = ["_rt", "wit_future", "wit_stream"];

/// The program against `bindings`. Of the modules `types_only` it leaves the functions alone.
pub fn write(bindings: &str, types_only: &BTreeSet<Vec<String>>) -> String {
    let file: File = syn::parse_str(bindings).unwrap_or_else(|error| panic!("{error}:\n{bindings}"));
    let mut program = Program { types_only, lines: Vec::new() };
    program.module(&[], &file.items);
    format!("trait Distinct {{}}\npub struct Mine;\n{}\n", program.lines.join("\n"))
}

struct Program<'a> {
    types_only: &'a BTreeSet<Vec<String>>,
    /// An item each, so that an error names one; of an implementation each of its items.
    lines: Vec<String>,
}

impl Program<'_> {
    fn module(&mut self, path: &[String], items: &[Item]) {
        let (names, resources) = (items.iter().filter_map(name), items.iter().filter_map(resource));
        let scope = Scope { path, names: names.collect(), resources: resources.collect() };
        let whole = !self.types_only.contains(path);
        for item in items {
            match item {
                Item::Mod(ItemMod { ident, content: Some((_, items)), .. }) => {
                    let name = ident.to_string();
                    if !(path.is_empty() && INTERNAL.contains(&name.as_str())) {
                        let path: Vec<String> = path.iter().cloned().chain([name]).collect();
                        self.module(&path, items);
                    }
                }
                Item::Struct(item) => self.record(&scope, item),
                Item::Enum(item) => self.variant(&scope, item),
                Item::Type(item) => self.alias(&scope, item),
                Item::Macro(item) if item.mac.path.segments.iter().any(|segment| segment.ident == "bitflags") => {
                    self.flags(&scope, &item.mac.tokens);
                }
                Item::Fn(item) if whole && is_public(&item.vis, &item.attrs) && item.sig.unsafety.is_none() => {
                    let function = scope.at(&item.sig.ident.to_string());
                    self.call(&scope, &item.sig, &function, None);
                }
                Item::Impl(item) if whole && path.first().is_none_or(|root| root != "exports") => {
                    self.methods(&scope, item);
                }
                Item::Trait(item) => self.implementation(&scope, item),
                Item::Use(item)
                    if path.is_empty() && item.tree.to_token_stream().to_string().ends_with(" as export") =>
                {
                    let bindings = bindings();
                    self.item(quote! { #bindings::export!(Mine with_types_in #bindings); });
                }
                _ => {}
            }
        }
    }

    /// Calls a function with arguments of its parameters' types.
    fn call(&mut self, scope: &Scope, sig: &Signature, function: &TokenStream, this: Option<&Type>) {
        let mut sig = sig.clone();
        let (mut parameters, mut arguments) = (Vec::new(), Vec::new());
        for (at, input) in sig.inputs.iter_mut().enumerate() {
            let argument = format_ident!("a{at}");
            let mut ty = match input {
                FnArg::Receiver(receiver) => (*receiver.ty).clone(),
                FnArg::Typed(typed) => (*typed.ty).clone(),
            };
            scope.resolve(&mut ty, this);
            parameters.push(quote! { #argument: #ty });
            arguments.push(argument);
        }
        let mut result = scope.result(&sig.output, this);
        if sig.asyncness.is_some() {
            result = syn::parse_quote! { impl ::core::future::Future<Output = #result> };
        }
        let (generics, name) = (scope.generics(&sig.generics), self.name("call"));
        self.item(quote! {
            pub fn #name #generics(#(#parameters),*) -> #result { #function(#(#arguments),*) }
        });
    }

    /// Calls the functions of a resource. Those that the generator gives to other types are no functions of the WIT.
    fn methods(&mut self, scope: &Scope, item: &ItemImpl) {
        if item.trait_.is_some() || !scope.resources.contains(&item.self_ty.to_token_stream().to_string()) {
            return;
        }
        let mut this = (*item.self_ty).clone();
        scope.resolve(&mut this, None);
        for item in &item.items {
            if let ImplItem::Fn(item) = item
                && is_public(&item.vis, &item.attrs)
                && item.sig.unsafety.is_none()
            {
                let method = &item.sig.ident;
                self.call(scope, &item.sig, &quote! { <#this>::#method }, Some(&this));
            }
        }
    }

    /// Constructs a record and takes it apart; only names a resource.
    fn record(&mut self, scope: &Scope, item: &ItemStruct) {
        if !is_public(&item.vis, &item.attrs) {
            return;
        }
        let (path, generics) = (scope.at(&item.ident.to_string()), &item.generics);
        self.nominal(&path, generics, &item.attrs);
        if is_opaque(item) {
            return;
        }
        let names: Vec<_> = item.fields.iter().map(|field| field.ident.clone().expect("records name fields")).collect();
        let types: Vec<_> = item.fields.iter().map(|field| scope.resolved(&field.ty)).collect();
        let values: Vec<_> = (0..names.len()).map(|at| format_ident!("a{at}")).collect();
        let (construct, take) = (self.name("construct"), self.name("take"));
        let (_, arguments, _) = generics.split_for_impl();
        self.item(quote! {
            pub fn #construct #generics(#(#values: #types),*) -> #path #arguments { #path { #(#names: #values),* } }
        });
        self.item(quote! {
            pub fn #take #generics(value: #path #arguments) -> (#(#types,)*) {
                let #path { #(#names: #values),* } = value;
                (#(#values,)*)
            }
        });
    }

    /// Constructs every case of an enum or variant, and matches them all.
    fn variant(&mut self, scope: &Scope, item: &ItemEnum) {
        let (path, generics) = (scope.at(&item.ident.to_string()), &item.generics);
        self.nominal(&path, generics, &item.attrs);
        let (_, arguments, _) = generics.split_for_impl();
        let mut arms = Vec::new();
        for case in &item.variants {
            let (name, construct) = (&case.ident, self.name("construct"));
            match &case.fields {
                Fields::Unit => {
                    self.item(quote! { pub fn #construct #generics() -> #path #arguments { #path::#name } });
                    arms.push(quote! { #path::#name => {} });
                }
                Fields::Unnamed(fields) => {
                    let ty = scope.resolved(&fields.unnamed.first().expect("a payload").ty);
                    self.item(quote! {
                        pub fn #construct #generics(payload: #ty) -> #path #arguments { #path::#name(payload) }
                    });
                    arms.push(quote! { #path::#name(payload) => { let _: #ty = payload; } });
                }
                Fields::Named(_) => panic!("no case has named fields: {}", item.to_token_stream()),
            }
        }
        let take = self.name("take");
        self.item(quote! { pub fn #take #generics(value: #path #arguments) { match value { #(#arms)* } } });
    }

    /// Names every flag.
    fn flags(&mut self, scope: &Scope, tokens: &TokenStream) {
        let name = declared_flags(tokens);
        let path = scope.at(&name);
        self.nominal(&path, &Generics::default(), &[]);
        let tokens: Vec<TokenTree> = flattened(tokens);
        let flags: Vec<_> = (tokens.windows(2))
            .filter(|pair| pair[0].to_string() == "const")
            .map(|pair| format_ident!("{}", pair[1].to_string()))
            .collect();
        let construct = self.name("construct");
        self.item(quote! { pub fn #construct() -> #path { #path::empty() #(| #path::#flags)* } });
    }

    /// What it derives is relied on, and it is told apart from every other such type.
    fn nominal(&mut self, path: &TokenStream, generics: &Generics, attributes: &[Attribute]) {
        let (parameters, arguments, _) = generics.split_for_impl();
        self.item(quote! { impl #parameters Distinct for #path #arguments {} });
        let derived: Vec<Path> = attributes.iter().flat_map(derives).collect();
        if !derived.is_empty() {
            let name = self.name("rely");
            self.item(quote! {
                pub fn #name #generics() {
                    use ::core::{fmt::Debug, hash::Hash};
                    fn rely<T: #(#derived)+*>() {}
                    rely::<#path #arguments>()
                }
            });
        }
    }

    /// What an alias stands for is given where the alias is asked for, and the reverse.
    fn alias(&mut self, scope: &Scope, item: &ItemType) {
        let (path, generics, target) = (scope.at(&item.ident.to_string()), &item.generics, scope.resolved(&item.ty));
        let (_, arguments, _) = generics.split_for_impl();
        let (give, take) = (self.name("give"), self.name("take"));
        self.item(quote! { pub fn #give #generics(value: #target) -> #path #arguments { value } });
        self.item(quote! { pub fn #take #generics(value: #path #arguments) -> #target { value } });
    }

    /// Implements a trait that guests implement: the functions of an interface or world, or those of a resource.
    fn implementation(&mut self, scope: &Scope, item: &ItemTrait) {
        let name = item.ident.to_string();
        if !name.starts_with("Guest") {
            return;
        }
        let this = match name.as_str() {
            "Guest" => quote! { Mine },
            resource => {
                let this = scope.mine(resource);
                self.item(quote! { pub struct #this; });
                this.to_token_stream()
            }
        };
        let mut items = Vec::new();
        for item in &item.items {
            match item {
                TraitItem::Fn(item) if item.default.is_none() => {
                    let mut sig = item.sig.clone();
                    scope.visit_signature_mut(&mut sig);
                    items.push(quote! { #sig { unreachable!() } });
                }
                TraitItem::Type(item) => {
                    let bound = item.bounds.to_token_stream().to_string();
                    let (resource, mine) = (&item.ident, scope.mine(&bound));
                    items.push(quote! { type #resource = #mine; });
                }
                _ => {}
            }
        }
        let path = scope.at(&name);
        self.lines.push(format!("{} {{", quote! { impl #path for #this }));
        self.lines.extend(items.iter().map(TokenStream::to_string));
        self.lines.push("}".to_string());
    }

    fn item(&mut self, item: TokenStream) {
        self.lines.push(item.to_string());
    }

    fn name(&self, what: &str) -> proc_macro2::Ident {
        format_ident!("{what}_{}", self.lines.len())
    }
}

fn bindings() -> TokenStream {
    let bindings = format_ident!("{BINDINGS}");
    quote! { super::#bindings }
}

fn is_public(visibility: &Visibility, attributes: &[Attribute]) -> bool {
    let hidden = attributes.iter().any(|attribute| attribute.to_token_stream().to_string().contains("hidden"));
    matches!(visibility, Visibility::Public(_)) && !hidden
}

fn derives(attribute: &Attribute) -> Vec<Path> {
    if !attribute.path().is_ident("derive") {
        return Vec::new();
    }
    let Meta::List(list) = &attribute.meta else { return Vec::new() };
    let paths = list.parse_args_with(syn::punctuated::Punctuated::<Path, syn::Token![,]>::parse_terminated);
    paths.expect("derives are paths").into_iter().collect()
}

/// The name that an item declares in its module, of what types may name.
fn name(item: &Item) -> Option<String> {
    match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        Item::Type(item) => Some(item.ident.to_string()),
        Item::Trait(item) => Some(item.ident.to_string()),
        Item::Mod(item) => Some(item.ident.to_string()),
        Item::Macro(item) if item.mac.path.segments.iter().any(|segment| segment.ident == "bitflags") => {
            Some(declared_flags(&item.mac.tokens))
        }
        _ => None,
    }
}

/// The name of the resource that an item declares.
fn resource(item: &Item) -> Option<String> {
    match item {
        Item::Struct(item) if is_opaque(item) => Some(item.ident.to_string()),
        _ => None,
    }
}

/// Whether it is a handle and not a record.
fn is_opaque(item: &ItemStruct) -> bool {
    item.fields.iter().any(|field| !matches!(field.vis, Visibility::Public(_)))
}

/// The name of the type in an invocation of `bitflags!`.
fn declared_flags(tokens: &TokenStream) -> String {
    let tokens = flattened(tokens);
    let at = tokens.iter().position(|token| token.to_string() == "struct").expect("flags are a struct");
    tokens[at + 1].to_string()
}

fn flattened(tokens: &TokenStream) -> Vec<TokenTree> {
    let inner = |token: TokenTree| match token {
        TokenTree::Group(group) => flattened(&group.stream()),
        token => vec![token],
    };
    tokens.clone().into_iter().flat_map(inner).collect()
}

/// A module of the bindings, in which paths are meant.
struct Scope<'a> {
    path: &'a [String],
    /// What it declares.
    names: BTreeSet<String>,
    resources: BTreeSet<String>,
}

impl Scope<'_> {
    /// The path, from a program, to what the module declares by that name.
    fn at(&self, name: &str) -> TokenStream {
        let (bindings, name) = (bindings(), format_ident!("{name}"));
        let path = self.path.iter().map(|segment| format_ident!("{segment}"));
        quote! { #bindings #(::#path)* ::#name }
    }

    /// The program's own type behind a resource that it exports.
    fn mine(&self, of: &str) -> proc_macro2::Ident {
        format_ident!("Mine_{}_{of}", self.path.join("_"))
    }

    fn resolved(&self, ty: &Type) -> Type {
        let mut ty = ty.clone();
        self.resolve(&mut ty, None);
        ty
    }

    fn resolve(&self, ty: &mut Type, this: Option<&Type>) {
        Resolver { scope: self, this }.visit_type_mut(ty);
    }

    fn visit_signature_mut(&self, sig: &mut Signature) {
        Resolver { scope: self, this: None }.visit_signature_mut(sig);
    }

    fn generics(&self, generics: &Generics) -> Generics {
        // The only clause that the generator writes is `where Self: Sized`.
        Generics { where_clause: None, ..generics.clone() }
    }

    fn result(&self, output: &ReturnType, this: Option<&Type>) -> Type {
        match output {
            ReturnType::Default => syn::parse_quote! { () },
            ReturnType::Type(_, ty) => {
                let mut ty = (**ty).clone();
                self.resolve(&mut ty, this);
                ty
            }
        }
    }
}

/// Rewrites paths as they are in a module of the bindings to what they are in a program.
struct Resolver<'a> {
    scope: &'a Scope<'a>,
    this: Option<&'a Type>,
}

impl VisitMut for Resolver<'_> {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        if let (Type::Path(path), Some(this)) = (&*ty, self.this)
            && path.path.is_ident("Self")
        {
            *ty = this.clone();
            return;
        }
        visit_mut::visit_type_mut(self, ty);
    }

    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        if path.leading_colon.is_some() {
            return;
        }
        let up = path.segments.iter().take_while(|segment| segment.ident == "super").count();
        let first = path.segments[up].ident.to_string();
        let rest: Vec<_> = path.segments.iter().skip(up).cloned().collect();
        if first == "_rt" {
            let rest = &rest[1..];
            let home = match rest[0].ident.to_string().as_str() {
                "String" => quote! { ::std::string },
                "Vec" => quote! { ::std::vec },
                "Box" => quote! { ::std::boxed },
                other => panic!("what is `_rt::{other}`?"),
            };
            *path = syn::parse_quote! { #home #(::#rest)* };
        } else if up > 0 || self.scope.names.contains(&first) {
            let bindings = bindings();
            let home = self.scope.path[..self.scope.path.len() - up].iter().map(|segment| format_ident!("{segment}"));
            *path = syn::parse_quote! { #bindings #(::#home)* #(::#rest)* };
        }
    }
}
