namespace Tillkeeper.Cli.Commands.Repair;

internal sealed class CancelCommand()
    : StepCommand(
        "cancel",
        "Cancels a repair that is not needed any more.",
        "repairs",
        "cancellation",
        "Repair {0} is cancelled."
    );
