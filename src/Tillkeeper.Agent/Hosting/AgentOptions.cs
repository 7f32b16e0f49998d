using System.Net;
using Tillkeeper.Agent.Updates;

namespace Tillkeeper.Agent.Hosting;

/// <summary>What the agent is told at its start.</summary>
/// <param name="Data">The folder that holds identity and journal; one running agent each.</param>
/// <param name="Server">The terminals' door, <c>https://host:port</c>.</param>
/// <param name="CaFile">PEM file with the CA certificate that the server must chain to.</param>
/// <param name="EnrolmentCode">Needed once; ignored when <paramref name="Data"/> holds an identity.</param>
/// <param name="Listen">Where the local API answers; loopback only, port 0 picks a free one.</param>
/// <param name="Hooks">The folder with <c>lock-begun.d</c> and <c>lock-ended.d</c>; null when nothing is to be run.</param>
/// <param name="Probes">The folder whose files a policy may name as probes; null when there are none.</param>
/// <param name="Sysfs">The root under which the machine tells of its parts.</param>
/// <param name="Updates">How updates are carried out; null refuses them.</param>
/// <param name="OrdersFrom">Where sticks and cards with orders are mounted; null looks nowhere.</param>
/// <param name="Model">Which model this is, for instructions that differ by model.</param>
/// <param name="Content">The folder with texts for people; null for the one beside the program.</param>
internal sealed record AgentOptions(
    string Data,
    Uri Server,
    string CaFile,
    string? EnrolmentCode,
    IPEndPoint Listen,
    string? Hooks = null,
    string? Probes = null,
    string Sysfs = "/",
    UpdateOptions? Updates = null,
    string? OrdersFrom = null,
    string? Model = null,
    string? Content = null
);
