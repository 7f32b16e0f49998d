using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Tillkeeper.Core.Codes;

namespace Tillkeeper.Server.Pki;

/// <summary>What the subject of a terminal's certificate says: <c>CN=&lt;terminal id&gt;, OU=epoch &lt;n&gt;</c>, n from 1.</summary>
internal sealed record TerminalName
{
    private const string EpochPrefix = "epoch ";

    public TerminalName(string terminalId, int epoch)
    {
        if (!Crockford.IsId(terminalId))
        {
            throw new ArgumentException("Not the id of a terminal.", nameof(terminalId));
        }
        ArgumentOutOfRangeException.ThrowIfLessThan(epoch, 1);
        TerminalId = terminalId;
        Epoch = epoch;
    }

    public string TerminalId { get; }
    public int Epoch { get; }

    public X500DistinguishedName ToDistinguishedName()
    {
        var builder = new X500DistinguishedNameBuilder();
        builder.AddCommonName(TerminalId);
        builder.AddOrganizationalUnitName(
            EpochPrefix + Epoch.ToString(CultureInfo.InvariantCulture)
        );
        return builder.Build();
    }

    /// <summary>Reads exactly what <see cref="ToDistinguishedName"/> writes; null for anything else.</summary>
    public static TerminalName? Read(X500DistinguishedName subject)
    {
        string? id = null;
        string? unit = null;
        foreach (var part in subject.EnumerateRelativeDistinguishedNames())
        {
            if (part.HasMultipleElements)
            {
                return null;
            }
            switch (part.GetSingleElementType().Value)
            {
                case Oids.CommonName when id is null:
                    id = part.GetSingleElementValue();
                    break;
                case Oids.OrganisationalUnit when unit is null:
                    unit = part.GetSingleElementValue();
                    break;
                default:
                    return null;
            }
        }
        return
            Crockford.IsId(id)
            && unit?.StartsWith(EpochPrefix, StringComparison.Ordinal) is true
            && int.TryParse(
                unit.AsSpan(EpochPrefix.Length),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var epoch
            )
            && epoch > 0
            ? new TerminalName(id!, epoch)
            : null;
    }
}
