namespace Tillkeeper.Cli.Tests;

public sealed class OutputTests
{
    [Fact]
    public async Task Json_is_the_servers_document_once_and_nothing_else()
    {
        const string Document = """{"items":[{"id":"k1","new":{"n":1.50}}],"next":"k1"}""";
        var outcome = await RunAsync(Document, "key", "list", "-o", "json");
        Assert.Equal(new Outcome(0, Document + "\n", ""), outcome);
    }

    [Fact]
    public async Task Json_of_an_empty_answer_is_nothing()
    {
        var outcome = await RunAsync("", "key", "revoke", "k1", "-o", "json");
        Assert.Equal(new Outcome(0, "", ""), outcome);
    }

    [Fact]
    public async Task A_list_shows_one_row_a_thing_and_how_to_go_on()
    {
        var outcome = await RunAsync(
            """{"items":[{"id":"t1","serial":"S1","online":true},{"id":"t2","serial":"S2","online":false}],"next":"t2"}""",
            "terminal",
            "list"
        );

        string[] rows = ["id serial online", "t1 S1 yes", "t2 S2 no", "more: --after t2"];
        Assert.Equal(rows, Rows(outcome.Output));
    }

    [Fact]
    public async Task A_list_at_its_end_shows_no_way_on()
    {
        var outcome = await RunAsync("""{"items":[],"next":null}""", "case", "list");
        Assert.Equal("none\n", outcome.Output);
    }

    [Fact]
    public async Task A_list_of_unknown_fields_shows_them()
    {
        var outcome = await RunAsync("""{"items":[{"colour":"red"}]}""", "order", "list", "t1");
        string[] rows = ["colour", "red"];
        Assert.Equal(rows, Rows(outcome.Output));
    }

    [Fact]
    public async Task A_terminals_locks_show_what_is_pending_and_for_how_long()
    {
        var outcome = await RunAsync(
            """
            {"id":"t1","online":false,"locks":[
              {"id":"l1","code":"E09","cause":"remote","subject":{"kind":"terminal"},"scope":["refund","admin"],
               "status":"pending","since":"2026-03-01T11:57:55Z","waysOut":["provider_release"],"owner":"server"},
              {"id":"l2","code":"E01","cause":"wrong_password","subject":{"kind":"operator","operator":"03"},
               "status":"confirmed","since":"2026-02-27T10:00:00Z","owner":"terminal"},
              {"id":"l3","cause":"away","since":"2026-03-01T10:00:00Z"}]}
            """,
            "terminal",
            "show",
            "t1"
        );

        var rows = Rows(outcome.Output);
        Assert.Contains("id t1", rows);
        Assert.Contains("online no", rows);
        string[] locks =
        [
            "E09 remote: pending, for 2 min 5 s",
            "lock l1",
            "subject terminal",
            "owner server",
            "blocks refund, admin",
            "since 2026-03-01T11:57:55Z",
            "ways out provider_release",
            "E01 wrong_password: confirmed, for 2 d 2 h",
            "lock l2",
            "subject operator 03",
            "owner terminal",
            "since 2026-02-27T10:00:00Z",
            "away: pending, for 2 h 0 min",
            "lock l3",
            "since 2026-03-01T10:00:00Z",
        ];
        Assert.Equal(locks, rows[^locks.Length..]);
    }

    [Fact]
    public async Task A_verdict_names_the_locks_that_deny()
    {
        var outcome = await RunAsync(
            """{"allow":false,"locks":[{"id":"l1","code":"E09","cause":"remote","status":"confirmed"}]}""",
            "terminal",
            "verdict",
            "t1"
        );

        Assert.Equal(0, outcome.ExitCode);
        var rows = Rows(outcome.Output);
        Assert.Equal("card_payment: denied", rows[0]);
        Assert.Equal(["E09 remote: confirmed", "lock l1"], rows[1..]);
    }

    [Fact]
    public async Task An_ordered_lock_is_called_pending()
    {
        var outcome = await RunAsync(
            """{"lockId":"l1"}""",
            "lock",
            "create",
            "t1",
            "--reason",
            "r"
        );
        Assert.Contains("lockId l1", Rows(outcome.Output));
        Assert.Contains(
            "pending until the terminal confirms",
            outcome.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_case_shows_its_facts_and_its_timeline()
    {
        var outcome = await RunAsync(
            """{"id":"c1","applicant":{"name":"王"},"missing":["identity_card"],"timeline":[{"at":"10:00","by":{"name":"李","role":"helpdesk"}}]}""",
            "case",
            "show",
            "c1"
        );

        string[] rows =
        [
            "fact value",
            "id c1",
            "applicant.name 王",
            "missing identity_card",
            "timeline:",
            "at by",
            "10:00 name: 李, role: helpdesk",
        ];
        Assert.Equal(rows, Rows(outcome.Output));
    }

    [Fact]
    public async Task An_offline_code_is_shown_in_two_groups_with_its_expiry()
    {
        var outcome = await RunAsync(
            """{"code":"12345678","expiresAt":"2026-03-01T12:30:00Z"}""",
            "case",
            "code",
            "c1",
            "--challenge",
            "X"
        );

        Assert.Equal("code:    1234 5678\nexpires: 2026-03-01T12:30:00Z\n", outcome.Output);
    }

    [Fact]
    public async Task Names_can_neither_steer_the_screen_nor_break_the_table()
    {
        var outcome = await RunAsync(
            """{"items":[{"id":"m1","name":"[red]\u001b[2J\u202Eevil\nrow"}]}""",
            "merchant",
            "list"
        );

        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("m1 [red]\uFFFD[2J\uFFFDevil row", Rows(outcome.Output));
    }

    [Fact]
    public async Task A_long_row_in_a_pipe_stays_one_row()
    {
        var name = new string('x', 300);
        var outcome = await RunAsync(
            $$"""{"items":[{"id":"m1","name":"{{name}}"}]}""",
            "merchant",
            "list"
        );
        Assert.Contains($"m1 {name}", Rows(outcome.Output));
    }

    private static async Task<Outcome> RunAsync(string document, params string[] arguments)
    {
        using var place = new Place();
        await using var server = await TestServer.AnsweringAsync(document);
        return await place.RunAsync(server, arguments);
    }

    /// <summary>The text of a table without its lines and padding.</summary>
    private static string[] Rows(string output) =>
        [
            .. output
                .Split('\n')
                .Select(line =>
                    string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                )
                .Where(line => line.Any(c => c is not ('─' or ' '))),
        ];
}
