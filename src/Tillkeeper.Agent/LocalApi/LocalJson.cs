using System.Text.Json.Serialization;
using Tillkeeper.Agent.Codes;
using Tillkeeper.Agent.Ledger;
using Tillkeeper.Agent.NetworkCheck;
using Tillkeeper.Agent.OpenLinks;
using Tillkeeper.Agent.Orders;
using Tillkeeper.Agent.Sensors.Hardware;
using Tillkeeper.Agent.Sensors.Network;
using Tillkeeper.Agent.Sensors.Tamper;
using Tillkeeper.Agent.SignIn;
using Tillkeeper.Agent.Transactions;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Agent.LocalApi;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeJson), typeof(IsoDurationJson)]
)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(StatusView))]
[JsonSerializable(typeof(VerdictView))]
[JsonSerializable(typeof(SignedInAnswer))]
[JsonSerializable(typeof(OperatorAnswer))]
[JsonSerializable(typeof(ChallengeAnswer))]
[JsonSerializable(typeof(CodeAccepted))]
[JsonSerializable(typeof(LinkAnswer))]
[JsonSerializable(typeof(OrdersAnswer))]
[JsonSerializable(typeof(TransactionAnswer))]
[JsonSerializable(typeof(LedgerRecordView))]
[JsonSerializable(typeof(LedgerPage))]
[JsonSerializable(typeof(NetworkCheckAnswer))]
[JsonSerializable(typeof(PartsAnswer))]
[JsonSerializable(typeof(SelfTestAnswer))]
[JsonSerializable(typeof(TamperAnswer))]
[JsonSerializable(typeof(VendorReport))]
internal sealed partial class LocalJson : JsonSerializerContext;
