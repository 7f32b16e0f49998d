using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Tests.Isolation.Pages;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Isolation;

/// <summary>The program's own list of routes against what is written down of each: nothing new comes in unguarded.</summary>
public sealed class RouteTableTests(RunningServer server) : IClassFixture<RunningServer>
{
    private Dictionary<string, RouteEndpoint> Routes =>
        server
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .SelectMany(e =>
                e.Metadata.GetMetadata<IHttpMethodMetadata>()!
                    .HttpMethods.Select(method => (Key: $"{method} {e.RoutePattern.RawText}", e))
            )
            .ToDictionary(r => r.Key, r => r.e, StringComparer.Ordinal);

    [Fact]
    public void Every_route_of_the_program_is_in_the_table_and_every_route_of_the_table_in_the_program() =>
        Assert.Equal(
            Recipes
                .All.Select(r => r.Route)
                .Concat(Recipes.Public)
                .Concat(PageRecipes.Public)
                .Concat(OwnerRecipes.Banks)
                .Concat(OwnerRecipes.Page)
                .Concat(Recipes.Terminals)
                .Order(StringComparer.Ordinal),
            Routes.Keys.Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Every_route_that_is_not_public_asks_for_exactly_the_right_in_the_table()
    {
        foreach (var recipe in Recipes.All)
        {
            var metadata = Routes[recipe.Route].Metadata;
            Assert.Equal(
                [recipe.Right],
                metadata.OfType<RightRequirement>().Select(requirement => requirement.Right)
            );
            Assert.Equal([Door.People], metadata.OfType<DoorMetadata>().Select(m => m.Door));
            Assert.Empty(metadata.OfType<IAllowAnonymous>());
        }
    }

    [Fact]
    public void The_terminals_door_opens_to_strangers_for_enrolment_alone()
    {
        foreach (var route in Recipes.Terminals)
        {
            var metadata = Routes[route].Metadata;
            Assert.Equal([Door.Terminals], metadata.OfType<DoorMetadata>().Select(m => m.Door));
            Assert.Equal(
                route.EndsWith("/enrol", StringComparison.Ordinal),
                metadata.OfType<IAllowAnonymous>().Any()
            );
        }
    }

    /// <summary>R17: what opens something is for few, and each of them is named.</summary>
    [Fact]
    public void What_releases_resets_or_hands_out_a_code_or_a_key_is_for_the_roles_the_contract_names()
    {
        var opens = Recipes.All.Where(r => r.Opens).Select(r => $"{r.Route}: {r.Roles}");
        Assert.Equal(
            [
                "GET /api/v1/terminals/{id}/orders: admin helpdesk risk",
                "POST /api/v1/banks: admin",
                "POST /api/v1/cases/{id}/decision: admin helpdesk risk",
                "POST /api/v1/cases/{id}/offline-code: admin helpdesk risk",
                "POST /api/v1/complaints/{id}/review: admin risk",
                "POST /api/v1/crises/{id}/undo: admin risk",
                "POST /api/v1/keys: admin",
                "POST /api/v1/locks/batches/{id}/release: admin risk",
                "POST /api/v1/passkeys/{id}/confirm: admin helpdesk risk",
                "POST /api/v1/people/{id}/reset: admin",
                "POST /api/v1/people/{id}/role: admin",
                "POST /api/v1/people: admin",
                "POST /api/v1/relocations/{id}/approval: admin risk",
                "POST /api/v1/repairs/{id}/acceptance: admin risk",
                "POST /api/v1/replacements/{id}/approval: admin risk",
                "POST /api/v1/terminals/{id}/enrolment-codes: admin fleet",
                "POST /api/v1/terminals/{id}/locks/{lockId}/owner-code-release: merchant",
                "POST /api/v1/terminals/{id}/locks/{lockId}/passkey-release: merchant",
                "POST /api/v1/terminals/{id}/locks/{lockId}/release: admin risk",
                "POST /api/v1/terminals/{id}/maintenance: admin fleet",
                "POST /api/v1/terminals/{id}/networks/{request}/decision: admin risk",
                "POST /api/v1/terminals/{id}/tamper-repair: admin risk",
                "POST /api/v1/terminals: admin fleet",
                "PUT /api/v1/terminals/{id}/bank-card: admin fleet",
            ],
            opens.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void The_programs_table_of_rights_is_the_contracts()
    {
        var roles = Enum.GetValues<Role>();
        foreach (var recipe in Recipes.All)
        {
            Assert.Equal(
                roles.Where(role => recipe.Allows(Words.Of(role))),
                roles.Where(role => Rights.May(role, recipe.Right))
            );
        }
        Assert.All(
            Enum.GetValues<Right>(),
            right => Assert.Contains(Recipes.All, recipe => recipe.Right == right)
        );
    }
}
