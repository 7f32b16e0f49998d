using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Impostors;

/// <summary>
/// Wherever two people are needed, two keys of one human are one person, and two humans are two. Each route that needs two is walked with one
/// human's two keys, then finished by another human.
/// </summary>
public sealed class TwoPeopleTests(RunningServer server) : IClassFixture<RunningServer>
{
    public static TheoryData<string> Routes => [.. TwoPeople.All.Keys];

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Two_keys_of_one_human_are_one_person_and_another_human_is_the_second(
        string route
    )
    {
        using var walk = await TwoPeople.All[route](server);
        var one = await server.Person(walk.Role);
        await walk.First(one);
        var made = await server.Admin.Post(
            "/api/v1/keys",
            new
            {
                name = "The same human",
                role = "admin",
                person = one.Id,
            }
        );
        var key = made.Expect(201).Text("key");
        TestPerson again = new(one.Id, server.Client(server.People, key));
        (await walk.Second(again)).Refuses(walk.Refused.Status, walk.Refused.Code);
        (await walk.Second(await server.Person(walk.Role))).Expect(walk.Done);
    }
}
