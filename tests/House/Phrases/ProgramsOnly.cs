namespace Tillkeeper.House.Phrases;

/// <summary>Codes of refusals that only programs meet: terminals, payment programs, banks. People read none of them on a page.</summary>
internal static class ProgramsOnly
{
    public static IReadOnlySet<string> Codes { get; } =
        new HashSet<string>(StringComparer.Ordinal)
        {
            "answer_differs",
            "already_set_up",
            "already_void",
            "attempt_open",
            "bad_message",
            "bad_signature",
            "card_data",
            "certificate_expired",
            "certificate_unknown",
            "code_tries_used_up",
            "enrolment_code_gone",
            "epoch_over",
            "foreign_epoch",
            "foreign_order",
            "fork",
            "gap",
            "id_used",
            "idempotency_key_reused",
            "lock_released",
            "locked",
            "malformed_order",
            "method_not_allowed",
            "no_attempt_open",
            "no_code_open",
            "no_right",
            "no_such_update",
            "not_granted",
            "not_set_up",
            "operator_exists",
            "order_out_of_turn",
            "out_of_step",
            "replayed_order",
            "sign_in_required",
            "terminal_revoked",
            "unknown_key",
            "update_running",
            "weak_passcode",
        };
}
