using System.CommandLine;

namespace Tillkeeper.Cli.Commands;

/// <summary>The tree of commands: the path of a command is the path of its file.</summary>
internal static class Nouns
{
    public static IEnumerable<Command> All() =>
        [
            new("key", "API keys: one key is one person.")
            {
                new Key.CreateCommand(),
                new Key.ListCommand(),
                new Key.RevokeCommand(),
            },
            new("person", "People who sign in with a browser.")
            {
                new Person.InviteCommand(),
                new Person.ListCommand(),
                new Person.SuspendCommand(),
                new Person.ResetCommand(),
                new Person.RoleCommand(),
            },
            new("org", "The tree of the provider, its agents and their merchants.")
            {
                new Org.CreateCommand(),
                new Org.ListCommand(),
            },
            new("merchant", "Merchants: whose shop a terminal stands in.")
            {
                new Merchant.CreateCommand(),
                new Merchant.FileCommand(),
                new Merchant.ListCommand(),
                new Merchant.ShowCommand(),
            },
            new("terminal", "Payment terminals: their facts, locks and history.")
            {
                new Terminal.RegisterCommand(),
                new Terminal.ImportCommand(),
                new Terminal.ListCommand(),
                new Terminal.ShowCommand(),
                new Terminal.VerdictCommand(),
                new Terminal.AlternativesCommand(),
                new Terminal.EventsCommand(),
                new Terminal.EnrolmentCodeCommand(),
                new Terminal.RevokeCommand(),
                new Command("network", "Networks that a terminal may be used in.")
                {
                    new Terminal.Network.AskCommand(),
                    new Terminal.Network.ListCommand(),
                    new Terminal.Network.DecideCommand(),
                },
            },
            new("lock", "Locks ordered by people, for one terminal or many.")
            {
                new Lock.CreateCommand(),
                new Lock.ReleaseCommand(),
                new Lock.ManyCommand(),
                new Lock.BatchCommand { new Lock.Batch.ReleaseCommand() },
                new Lock.ApproveCommand(),
                new Command("schedule", "Locks that wait for their time or for a second person.")
                {
                    new Lock.Schedule.ListCommand(),
                    new Lock.Schedule.CancelCommand(),
                },
            },
            new("artifact", "What updates bring to terminals.")
            {
                new Artifact.UploadCommand(),
                new Artifact.ListCommand(),
            },
            new("campaign", "Campaigns: an update brought out group by group.")
            {
                new Campaign.CreateCommand(),
                new Campaign.ListCommand(),
                new Campaign.ShowCommand(),
                new Campaign.TerminalsCommand(),
                new Campaign.PauseCommand(),
                new Campaign.ResumeCommand(),
                new Campaign.StopCommand(),
            },
            new("case", "Cases: one request for a way out and all that settles it.")
            {
                new Case.AnswerCommand(),
                new Case.CallBackCommand(),
                new Case.CompareCommand(),
                new Case.CoverCommand(),
                new Case.MergeCommand(),
                new Case.ReassignCommand(),
                new Case.ReopenCommand(),
                new Case.OpenCommand(),
                new Case.ListCommand(),
                new Case.ShowCommand(),
                new Case.AttachCommand(),
                new Case.DecideCommand(),
                new Case.CodeCommand(),
            },
            new("repair", "Repairs: from the fault to the accepted return.")
            {
                new Repair.DiagnoseCommand(),
                new Repair.OpenCommand(),
                new Repair.ListCommand(),
                new Repair.ShowCommand(),
                new Repair.DispatchCommand(),
                new Repair.IdentifyCommand(),
                new Repair.CustodyCommand(),
                new Repair.FinishCommand(),
                new Repair.AcceptCommand(),
                new Repair.CancelCommand(),
            },
            new("replacement", "Replacements: another terminal takes the place of one.")
            {
                new Replacement.ProposeCommand(),
                new Replacement.ListCommand(),
                new Replacement.ShowCommand(),
                new Replacement.AcknowledgeCommand(),
                new Replacement.ApproveCommand(),
                new Replacement.WithdrawCommand(),
            },
            new("move", "Moves: announced before they happen, or settled afterwards.")
            {
                new Move.AnnounceCommand(),
                new Move.ApproveCommand(),
                new Move.WithdrawCommand(),
                new Move.SettleCommand(),
                new Move.ListCommand(),
                new Move.ShowCommand(),
                new Move.AcknowledgeCommand(),
                new Move.AcceptCommand(),
                new Move.DropCommand(),
            },
            new("order", "Signed orders from the server to a terminal.")
            {
                new Order.ListCommand(),
                new Order.ExportCommand(),
            },
            new("alert", "Alerts: what somebody has to look at.")
            {
                new Alert.ListCommand(),
                new Alert.ShowCommand(),
                new Alert.OwnCommand(),
                new Alert.DueCommand(),
                new Alert.SettleCommand(),
            },
            new("crisis", "Crises: many shops lock at once.")
            {
                new Crisis.ListCommand(),
                new Crisis.ShowCommand(),
                new Crisis.OpenCommand(),
                new Crisis.StopCommand(),
                new Crisis.UndoCommand(),
                new Crisis.MessageCommand(),
                new Crisis.CloseCommand(),
                new Crisis.ReportCommand(),
            },
            new("webhook", "Webhooks: who is told of what happens.")
            {
                new Webhook.CreateCommand(),
                new Webhook.ListCommand(),
                new Webhook.RotateCommand(),
                new Webhook.DeadLettersCommand(),
                new Webhook.RedeliverCommand(),
                new Webhook.DeleteCommand(),
            },
            new("notification", "Notifications: who was told what, and over which channels.")
            {
                new Notification.ListCommand(),
                new Notification.ChannelCommand(),
                new Notification.TestCommand(),
            },
            new("policy", "Policies: what locks and when, for a part of the tree.")
            {
                new Policy.CheckCommand(),
                new Policy.ApplyCommand(),
                new Policy.RemoveCommand(),
                new Policy.ShowCommand(),
                new Policy.DiffCommand(),
                new Policy.RulesCommand(),
                new Policy.LiftCommand(),
            },
            new("audit", "The record of everything that happened.") { new Audit.VerifyCommand() },
        ];
}
