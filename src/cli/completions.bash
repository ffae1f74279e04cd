_wit_diff_complete() {
    # The words as they were typed: what follows another part without a space belongs to its word.
    local rest=${COMP_LINE:0:COMP_POINT} words=() part spaces i
    for ((i = 0; i <= COMP_CWORD; i++)); do
        spaces=${rest%%[![:space:]]*}
        rest=${rest#"$spaces"}
        part=${COMP_WORDS[i]}
        if ((i == COMP_CWORD)); then part=$rest; fi
        rest=${rest#"$part"}
        if [[ $i == 0 || -n $spaces ]]; then
            words+=("$part")
        else
            words[${#words[@]}-1]+=$part
        fi
    done
    # Only what follows the last `:` or `=` is replaced, and quotes are none of the word.
    local last=$((${#words[@]} - 1)) before
    before=${words[last]%"$2"}
    before=${before#[\"\']}
    words[last]=$before$2
    local IFS=$'\013'
    COMPREPLY=($(_CLAP_IFS="$IFS" _CLAP_COMPLETE_INDEX=$last VARIABLE=bash COMPLETER -- "${words[@]}" 2>/dev/null)) ||
        COMPREPLY=()
    COMPREPLY=("${COMPREPLY[@]#"$before"}")
    if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *[=/:.] ]]; then compopt -o nospace 2>/dev/null; fi
}
complete -o bashdefault -F _wit_diff_complete BIN
