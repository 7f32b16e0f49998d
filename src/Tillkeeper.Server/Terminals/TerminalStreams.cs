using Tillkeeper.Core.Device;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Policies;
