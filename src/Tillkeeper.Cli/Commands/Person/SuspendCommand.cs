namespace Tillkeeper.Cli.Commands.Person;

internal sealed class SuspendCommand()
    : StepCommand(
        "suspend",
        "Shuts a person's account for good and signs them out everywhere, at once.",
        "people",
        "suspend",
        "{0} is suspended and signed out everywhere."
    );
