using System.CommandLine;
using System.Text.Json.Nodes;

namespace Tillkeeper.Cli.Commands;

/// <summary>The five fields that an acquirer has to register anew (Yinfa [2021] No. 259); for more than one acquirer use the API.</summary>
internal sealed class RegistrationOptions
{
    private readonly Option<string> acquirer = Declare.Required("--acquirer", "Acquirer code.");
    private readonly Option<string> merchant = Declare.Required(
        "--merchant-code",
        "Merchant code at the acquirer."
    );
    private readonly Option<string> creditCode = Declare.Required(
        "--credit-code",
        "As 'merchant show' shows it."
    );
    private readonly Option<string> account = Declare.Required(
        "--account",
        "Last digits of the settlement account."
    );
    private readonly Option<string> address = Declare.Required("--address", "Address of use.");

    public void AddTo(Command command)
    {
        command.Add(acquirer);
        command.Add(merchant);
        command.Add(creditCode);
        command.Add(account);
        command.Add(address);
    }

    public JsonArray Of(ParseResult line) =>
        new(
            Body.Of(
                ("acquirerCode", line.GetValue(acquirer)),
                ("merchantCode", line.GetValue(merchant)),
                ("creditCode", line.GetValue(creditCode)),
                ("settlementAccount", line.GetValue(account)),
                ("addressOfUse", line.GetValue(address))
            )
        );
}
