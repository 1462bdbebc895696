using System.Text.Json;
using NanoFormer.Cli.Energy;

namespace NanoFormer.Cli.Tests.Energy;

public sealed class DeviceResultTests
{
    [Theory]
    [InlineData("NanoFormer on a board", "measurement")]
    [InlineData("NanoFormer on an emulated cortex-m4", "estimate")]
    [InlineData("NanoFormer on host with a simulated instrument", "estimate")]
    public void What_was_not_measured_is_called_an_estimate(string device, string kind)
    {
        var result = new DeviceResult(device, "firmware", "model");

        Assert.Equal(kind, JsonSerializer.SerializeToElement(result.Json()).GetProperty("Kind").GetString());
        Assert.Equal(kind == "estimate", result.Lines().Any(line => line.StartsWith("estimates, not measurements", StringComparison.Ordinal)));
    }
}
