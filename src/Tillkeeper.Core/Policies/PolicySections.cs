using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Policies;

/// <summary>One named part of a policy, as files and JSON have it.</summary>
public abstract class PolicySection(string name)
{
    /// <summary>E.g. <c>wrongPassword</c>.</summary>
    public string Name { get; } = name;

    /// <summary>The shape of the section: its fields and their types.</summary>
    public abstract JsonTypeInfo Shape { get; }

    /// <summary>The section of a policy.</summary>
    public abstract object Of(Policy policy);

    /// <summary>The policy with what is given laid over its section. Throws <see cref="JsonException"/> on a wrong shape.</summary>
    public abstract Policy Over(Policy policy, JsonElement given);

    public JsonNode ToJson(Policy policy) => JsonSerializer.SerializeToNode(Of(policy), Shape)!;

    internal void Write(Utf8JsonWriter writer, Policy policy)
    {
        writer.WritePropertyName(Name);
        JsonSerializer.Serialize(writer, Of(policy), Shape);
    }
}

/// <summary>Every section, in the order of a file. What reads, writes, compares or explains policies goes through it.</summary>
public static class PolicySections
{
    private static CoreJson Json => CoreJson.Default;

    public static IReadOnlyList<PolicySection> All { get; } =
    [
        new Section<WrongPasswordRule>(
            "wrongPassword",
            Json.WrongPasswordRule,
            p => p.WrongPassword,
            (p, v) => p with { WrongPassword = v }
        ),
        new Section<PasscodeRule>(
            "passcode",
            Json.PasscodeRule,
            p => p.Passcode,
            (p, v) => p with { Passcode = v }
        ),
        new Section<AwayRule>("away", Json.AwayRule, p => p.Away, (p, v) => p with { Away = v }),
        new Section<OfflineCodeRule>(
            "offlineCode",
            Json.OfflineCodeRule,
            p => p.OfflineCode,
            (p, v) => p with { OfflineCode = v }
        ),
        new Section<UpdateRule>(
            "update",
            Json.UpdateRule,
            p => p.Update,
            (p, v) => p with { Update = v }
        ),
        new Section<TransactionRule>(
            "transaction",
            Json.TransactionRule,
            p => p.Transaction,
            (p, v) => p with { Transaction = v }
        ),
        new Section<Support>(
            "support",
            Json.Support,
            p => p.Support,
            (p, v) => p with { Support = v }
        ),
        new Section<CustomerPinRule>(
            "customerPin",
            Json.CustomerPinRule,
            p => p.CustomerPin,
            (p, v) => p with { CustomerPin = v }
        ),
        new Section<HardwareRule>(
            "hardware",
            Json.HardwareRule,
            p => p.Hardware,
            (p, v) => p with { Hardware = v }
        ),
        new Section<NetworkRule>(
            "network",
            Json.NetworkRule,
            p => p.Network,
            (p, v) => p with { Network = v }
        ),
        new Section<OfflineTooLongRule>(
            "offlineTooLong",
            Json.OfflineTooLongRule,
            p => p.OfflineTooLong,
            (p, v) => p with { OfflineTooLong = v }
        ),
        new Section<EnvironmentRule>(
            "environment",
            Json.EnvironmentRule,
            p => p.Environment,
            (p, v) => p with { Environment = v }
        ),
        new Section<LocationRule>(
            "location",
            Json.LocationRule,
            p => p.Location,
            (p, v) => p with { Location = v }
        ),
        new Section<NightTradingRule>(
            "nightTrading",
            Json.NightTradingRule,
            p => p.NightTrading,
            (p, v) => p with { NightTrading = v }
        ),
        new Section<VelocityRule>(
            "velocity",
            Json.VelocityRule,
            p => p.Velocity,
            (p, v) => p with { Velocity = v }
        ),
        new Section<RefundBurstRule>(
            "refundBurst",
            Json.RefundBurstRule,
            p => p.RefundBurst,
            (p, v) => p with { RefundBurst = v }
        ),
        new Section<RebootsRule>(
            "reboots",
            Json.RebootsRule,
            p => p.Reboots,
            (p, v) => p with { Reboots = v }
        ),
        new Section<ImpossibleTravelRule>(
            "impossibleTravel",
            Json.ImpossibleTravelRule,
            p => p.ImpossibleTravel,
            (p, v) => p with { ImpossibleTravel = v }
        ),
        new Section<MinimumVersionRule>(
            "minimumVersion",
            Json.MinimumVersionRule,
            p => p.MinimumVersion,
            (p, v) => p with { MinimumVersion = v }
        ),
        new Section<ArrearsRule>(
            "arrears",
            Json.ArrearsRule,
            p => p.Arrears,
            (p, v) => p with { Arrears = v }
        ),
        new Section<Breaker>(
            "breaker",
            Json.Breaker,
            p => p.Breaker,
            (p, v) => p with { Breaker = v }
        ),
        new Section<RemoteLimit>(
            "remote",
            Json.RemoteLimit,
            p => p.Remote,
            (p, v) => p with { Remote = v }
        ),
        new Section<IdentityRule>(
            "identity",
            Json.IdentityRule,
            p => p.Identity,
            (p, v) => p with { Identity = v }
        ),
        new Section<OwnReleaseRule>(
            "ownRelease",
            Json.OwnReleaseRule,
            p => p.OwnRelease,
            (p, v) => p with { OwnRelease = v }
        ),
        new Parts(),
    ];

    private sealed class Section<T>(
        string name,
        JsonTypeInfo<T> shape,
        Func<Policy, T> get,
        Func<Policy, T, Policy> set
    ) : PolicySection(name)
        where T : class
    {
        public override JsonTypeInfo Shape => shape;

        public override object Of(Policy policy) => get(policy);

        public override Policy Over(Policy policy, JsonElement given)
        {
            if (given.ValueKind != JsonValueKind.Object)
            {
                throw new JsonException($"{Name}: expected an object");
            }
            var whole = ToJson(policy).AsObject();
            foreach (var field in given.EnumerateObject())
            {
                whole[field.Name] = JsonNode.Parse(field.Value.GetRawText());
            }
            return set(policy, whole.Deserialize(shape)!);
        }
    }

    /// <summary>The only section that is a list: the nearest one given holds as a whole.</summary>
    private sealed class Parts() : PolicySection("parts")
    {
        public override JsonTypeInfo Shape => Json.IReadOnlyListPartProfile;

        public override object Of(Policy policy) => policy.Parts;

        public override Policy Over(Policy policy, JsonElement given) =>
            policy with
            {
                Parts =
                    given.Deserialize(Json.IReadOnlyListPartProfile)
                    ?? throw new JsonException($"{Name}: expected a list"),
            };
    }
}
