namespace Tillkeeper.Cli.Commands.Replacement;

internal sealed class ApproveCommand()
    : StepCommand(
        "approve",
        "Approves a replacement; takes two people.",
        "replacements",
        "approval",
        "Replacement {0} is carried out."
    );
