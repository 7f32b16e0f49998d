namespace Tillkeeper.Cli.Commands.Replacement;

internal sealed class WithdrawCommand()
    : StepCommand(
        "withdraw",
        "Withdraws a proposed replacement.",
        "replacements",
        "withdrawal",
        "Replacement {0} is withdrawn."
    );
