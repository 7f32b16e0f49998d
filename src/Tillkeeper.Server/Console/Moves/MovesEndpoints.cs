using Tillkeeper.Core.Bindings;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Bindings;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Lists;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Console.Steps;
using Tillkeeper.Server.Environments.Networks;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Console.Moves;

/// <summary>One relocation or replacement, with its kind.</summary>
internal sealed record MoveDesk(BindingChangeKind Kind, BindingChangeView Change)
{
    public string At => $"/console/{MovesEndpoints.PlaceOf(Kind)}/{Change.Id}";
}

/// <summary>The networks that a shop asks for at one terminal.</summary>
internal sealed record NetworkDesk(
    string Terminal,
    IReadOnlyList<NetworkRequestEndpoints.RequestView> Requests
);

/// <summary><c>/console/moves-and-bindings</c>: relocations, replacements, and networks that shops ask for.</summary>
internal static class MovesEndpoints
{
    private const string Home = "moves-and-bindings";

    public static void MapMovePages(this IEndpointRouteBuilder app)
    {
        app.MapGet($"/console/{Home}", List).Needs(Right.Look).AsPage();
        foreach (var kind in Enum.GetValues<BindingChangeKind>())
        {
            app.MapThing<MoveDesk, MovePage>(
                PlaceOf(kind),
                Right.Look,
                (api, id, _) => Read(api, kind, id),
                new Dictionary<string, FormStep>(StringComparer.Ordinal)
                {
                    ["acknowledgement"] = FormStep.Post(
                        "/acknowledgement",
                        form => new { reference = form.Said("reference") }
                    ),
                    ["approval"] = FormStep.WithReason("/approval"),
                    ["withdrawal"] = FormStep.WithReason("/withdrawal"),
                },
                ApiOf(kind)
            );
        }
        app.MapThing<NetworkDesk, NetworksPage>(
            $"{Home}/networks",
            Right.Look,
            (api, id, _) => ReadNetworks(api, id),
            new Dictionary<string, FormStep>(StringComparer.Ordinal)
            {
                ["decide"] = new(
                    form => $"/networks/{form.Segment("request")}/decision",
                    form => new { decision = form.Said("decision"), reason = form.Said("reason") }
                ),
            },
            "terminals"
        );
    }

    public static string PlaceOf(BindingChangeKind kind) => $"{Home}/{ApiOf(kind)}";

    private static string ApiOf(BindingChangeKind kind) => $"{Words.Of(kind)}s";

    private static async Task<Reply<MoveDesk>> Read(
        ApiClient api,
        BindingChangeKind kind,
        string id
    )
    {
        var reply = await api.Get<BindingChangeView>(
            $"/api/v1/{ApiOf(kind)}/{Uri.EscapeDataString(id)}"
        );
        return new(
            reply.Status,
            reply.Value is { } change ? new MoveDesk(kind, change) : null,
            reply.Problem
        );
    }

    private static async Task<Reply<NetworkDesk>> ReadNetworks(ApiClient api, string terminal)
    {
        var reply = await api.Get<Page<NetworkRequestEndpoints.RequestView>>(
            $"/api/v1/terminals/{Uri.EscapeDataString(terminal)}/networks"
        );
        return new(
            reply.Status,
            reply.Value is { } page ? new NetworkDesk(terminal, page.Items) : null,
            reply.Problem
        );
    }

    private static async Task<IResult> List(HttpRequest request, ApiClient api)
    {
        var kind = KindOf(request);
        var path = ListPath.Of($"/api/v1/{ApiOf(kind)}", request, ["status"]);
        if (Csv.IsAsked(request))
        {
            return Csv.Of(ApiOf(kind), api, path, MoveColumns.All);
        }
        var reply = await api.Get<Page<BindingChangeViews.Row>>(path);
        return reply.Problem is { } problem
            ? Pages.Refused(problem)
            : Pages.Page<MoveListPage>(reply.Value);
    }

    public static BindingChangeKind KindOf(HttpRequest request) =>
        request.Query["kind"] == Words.Of(BindingChangeKind.Replacement)
            ? BindingChangeKind.Replacement
            : BindingChangeKind.Relocation;
}
