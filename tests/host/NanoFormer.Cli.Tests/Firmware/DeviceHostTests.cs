using System.Device.I2c;
using System.Reflection;
using NanoFormer.Board;
using NanoFormer.Cli.Demo;
using NanoFormer.Cli.Engines;
using NanoFormer.Cli.Tests.Images;
using NanoFormer.Runtime;
using NanoFormer.Wearable;

namespace NanoFormer.Cli.Tests.Firmware;

/// <summary>The firmware's own start: where it looks for the sensor, and, on a simulated board, what it says of a model that the engine refuses.</summary>
public class DeviceHostTests
{
    private const BindingFlags Hidden = BindingFlags.NonPublic | BindingFlags.Instance;

    public static TheoryData<string> Images => DamagedImages.Names;

    [Theory, MemberData(nameof(Images))]
    public void Firmware_logs_the_name_of_the_error(string image)
    {
        Native.RequireHost();
        var log = Start(DamagedImages.Create(image));

        Assert.Equal(["head", "error"], log.Select(record => record.Kind));
        Assert.Equal("none", log[0].Text("model"));
        Assert.Equal(DamagedImages.ErrorOf(image), log[1].Text("code"));
        Assert.Equal("start", log[1].Text("detail"));
    }

    [Fact]
    public void Sensor_is_looked_for_at_the_address_of_the_settings()
    {
        var host = new DeviceHost(new ModelBoard([]), WearableApplication.Firmware, new WearableSettings { SensorAddress = 0x69 }, (_, _) => { });
        var connection = (I2cConnectionSettings)typeof(DeviceHost).GetProperty("Connection", Hidden)!.GetValue(host)!;

        Assert.Equal((ModelBoard.Bus, 0x69), (connection.BusId, connection.DeviceAddress));
    }

    /// <summary>One start as the device's host does it, with the simulated board's parts in place of the hardware's.</summary>
    private static LogLine[] Start(byte[] image)
    {
        using var board = new SimulatedBoard(new SyntheticWearer(1, [new(WearerActivity.PutDown, 1)]));
        using var device = board.Bus.CreateDevice(SimulatedBoard.SensorAddress);
        var transcript = new SerialTranscript(board.Serial, _ => { });
        var host = new DeviceHost(new ModelBoard(image), WearableApplication.Firmware, new WearableSettings(),
            (_, _) => Assert.Fail("The engine took the model."));
        var access = DemoDevice.Access(
            board, device, new BoardPower(board, 1_000_000), EngineFactory.Reference);
        typeof(DeviceHost).GetMethod("Run", Hidden)!.Invoke(host, [access]);
        board.Serial.Flush();
        return [.. transcript.Records];
    }
}
