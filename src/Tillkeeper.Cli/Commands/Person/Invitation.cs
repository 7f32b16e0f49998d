using Tillkeeper.Cli.Api;

namespace Tillkeeper.Cli.Commands.Person;

/// <summary>The link by which a person sets what they sign in with; nobody else ever knows it.</summary>
internal static class Invitation
{
    public const string Hint =
        "Give the person the link, opened at this server's address. It works once, for 72 hours, and is not shown again.";

    public static void Require(Answer answer, string account) =>
        ShownOnce.Require(
            answer,
            "invitation",
            $"make a new link: tillkeeper person reset {account} --reason TEXT"
        );
}
