using System.Net;
using System.Net.Sockets;
using Tillkeeper.Core;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Rules.Environments;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;
using Tillkeeper.Server.Watch;

namespace Tillkeeper.Server.Environments.Networks;

/// <summary>
/// Adding a network to those of a terminal (W6): whoever sees the shop asks for it, somebody else of the provider says yes or no. What is
/// approved counts from the next heartbeat on, and ends what was raised for being in it.
/// </summary>
internal sealed class NetworkRequestEndpoints(LatestReports reports, Sightings sightings)
{
    /// <summary>Wider than this is not a shop's network but half the world: it would switch the rule off.</summary>
    private const int WidestV4 = 16;
    private const int WidestV6 = 32;

    private const int MostNetworks = 32;

    internal sealed record AskBody(string? Network, string? Reason);

    internal sealed record DecisionBody(string? Decision, string? Reason);

    internal sealed record RequestView(
        string Id,
        NetworkRequestStatus Status,
        string? Network,
        string Reason,
        DateTimeOffset AskedAt,
        DateTimeOffset? DecidedAt,
        string? Answer
    );

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/terminals/{id}/networks", List).Needs(Right.Look);
        app.MapPost("/api/v1/terminals/{id}/networks", Ask).Needs(Right.OpenCases);
        app.MapPost("/api/v1/terminals/{id}/networks/{request}/decision", Decide)
            .Needs(Right.ReleaseLocks);
    }

    private static IResult List(string id, Person person, TerminalAccess access, States states) =>
        access.Find(id, person) is null
            ? Problems.Of(Refusal.NotFound("terminal"))
            : Results.Json(
                new Page<RequestView>(
                    [
                        .. (
                            states.Find(NetworkRequestStreams.Kind, id) ?? new NetworkRequests()
                        ).Items.Select(r => new RequestView(
                            r.Asked.Request,
                            r.Status,
                            r.Asked.Network,
                            r.Asked.Reason,
                            r.Asked.At,
                            r.Decided?.At,
                            r.Decided?.Reason
                        )),
                    ],
                    null
                )
            );

    private static async Task<IResult> Ask(
        string id,
        AskBody body,
        Person person,
        Appender appender,
        NetworkRequestEndpoints requests
    )
    {
        NetworkAsked? asked = null;
        var refusal = await appender.Run(
            person.Act,
            work => requests.Note(work, id, body, person, out asked)
        );
        return refusal.Or(() =>
            Results.Json(new { id = asked!.Request, network = asked.Network }, statusCode: 201)
        );
    }

    private Refusal? Note(
        Work work,
        string id,
        AskBody body,
        Person person,
        out NetworkAsked? asked
    )
    {
        asked = null;
        if (TerminalAccess.Find(work, id, person) is null)
        {
            return Refusal.NotFound("terminal");
        }
        if (work.Load(NetworkRequestStreams.Kind, id).Open >= NetworkRequests.MostOpen)
        {
            return Refusal.Conflict(
                "requests_used_up",
                $"{NetworkRequests.MostOpen} requests for this terminal wait already; let them be decided first."
            );
        }
        var seen = reports.Of(id) is { } report
            ? sightings.Of(id, report.Environment, report.Source)
            : null;
        if (body.Network is null && seen is null)
        {
            return Refusal.Conflict(
                "not_seen",
                "The terminal has not said lately where it is; give its network, as e.g. 198.51.100.0/24."
            );
        }
        if (Check.Text(body.Reason, "reason") is { } noReason)
        {
            return noReason;
        }
        if (body.Network is { } given && Wrong(given) is { } wrong)
        {
            return wrong;
        }
        asked = new NetworkAsked(
            Ids.New(),
            body.Network ?? Here(seen!),
            // A network that somebody names says nothing of the router that the terminal is at now.
            body.Network
                is null
                ? [.. seen!.Marks.Select(m => m.ToString())]
                : [],
            body.Reason!.Trim(),
            person.Id,
            work.Now
        );
        work.Append(NetworkRequestStreams.Kind, id, id, [asked]);
        Alerts.Raise(
            work,
            new NewAlert(
                "network_asked",
                AlertKey(id, asked.Request),
                Severity.Low,
                (string)work.Views.Scalar("SELECT place FROM terminals WHERE id = $1", id)!,
                id,
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["terminal"] = id,
                    ["network"] = asked.Network ?? "?",
                }
            )
        );
        return null;
    }

    private static async Task<IResult> Decide(
        string id,
        string request,
        DecisionBody body,
        Person person,
        Appender appender,
        EnvironmentWatch watch
    )
    {
        var refusal = await appender.Run(
            person.Act,
            work => Settle(work, id, request, body, person)
        );
        watch.LookAgain(id);
        return refusal.Or(() => Results.NoContent());
    }

    private static Refusal? Settle(
        Work work,
        string id,
        string request,
        DecisionBody body,
        Person person
    )
    {
        if (
            TerminalAccess.Find(work, id, person) is not { } terminal
            || work.Load(NetworkRequestStreams.Kind, id).Find(request) is not { } found
        )
        {
            return Refusal.NotFound("request");
        }
        if (found.Asked.Person == person.Id)
        {
            return Refusal.Forbidden(
                "You asked for it; another person must decide.",
                "own_request"
            );
        }
        if (found.Status != NetworkRequestStatus.Open)
        {
            return Refusal.Conflict("already_decided", "The request has been decided.");
        }
        var networks = terminal.Profile!.Networks;
        var isNew = found.Asked.Network is { } network && !networks.Contains(network);
        if (isNew && networks.Count >= MostNetworks)
        {
            return Refusal.Conflict(
                "networks_used_up",
                $"A terminal has at most {MostNetworks} networks; take one away first."
            );
        }
        if (body.Decision is not ("approve" or "refuse"))
        {
            return Refusal.Invalid("decision", "Use approve or refuse.");
        }
        if (Check.Text(body.Reason, "reason") is { } noReason)
        {
            return noReason;
        }
        var approved = body.Decision == "approve";
        work.Append(
            NetworkRequestStreams.Kind,
            id,
            id,
            [new NetworkDecided(request, approved, body.Reason!.Trim(), person.Id, work.Now)]
        );
        Alerts.Clear(work, AlertKey(id, request));
        if (approved)
        {
            Add(work, terminal, found.Asked, isNew, person);
        }
        return null;
    }

    private static void Add(
        Work work,
        TerminalState terminal,
        NetworkAsked asked,
        bool isNew,
        Person person
    )
    {
        // Where no network is registered, what is usual counts; being used to one more place must not shut out all others.
        if (isNew && (terminal.Profile!.Networks.Count > 0 || asked.Marks.Count == 0))
        {
            var profile = terminal.Profile with
            {
                Networks = [.. terminal.Profile.Networks, asked.Network!],
            };
            work.Decide(
                TerminalStreams.Kind,
                terminal.Id,
                terminal.Id,
                s => TerminalDecisions.Decide(s, new ChangeTerminal(profile), work.Now)
            );
        }
        var known = work.Load(WhereaboutsStreams.Kind, terminal.Id);
        string[] fresh = [.. asked.Marks.Where(m => !known.Familiar.Contains(m))];
        if (fresh.Length > 0)
        {
            work.Append(terminal.Id, new MarksConfirmed(fresh, person.Id));
        }
    }

    /// <summary>Where the terminal is now; null when its address is one that many share.</summary>
    private static string? Here(Sighting seen) =>
        seen is { IsAddressWeak: false, Source: { } source } ? Sighting.BlockOf(source) : null;

    private static Refusal? Wrong(string network)
    {
        if (!IPNetwork.TryParse(network, out var parsed))
        {
            return Refusal.Invalid("network", "Give a network as e.g. 198.51.100.0/24.");
        }
        var widest =
            parsed.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? WidestV4 : WidestV6;
        return parsed.PrefixLength < widest
            ? Refusal.Invalid(
                "network",
                $"This is too wide for a shop's network: at least /{widest}."
            )
            : null;
    }

    private static string AlertKey(string terminal, string request) =>
        $"network_asked/{terminal}/{request}";
}
