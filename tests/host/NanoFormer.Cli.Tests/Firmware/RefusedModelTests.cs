using System.Reflection;
using NanoFormer.Board;
using NanoFormer.Cli.Demo;
using NanoFormer.Cli.Engines;
using NanoFormer.Cli.Tests.Images;
using NanoFormer.Runtime;
using NanoFormer.Wearable;

namespace NanoFormer.Cli.Tests.Firmware;

/// <summary>The firmware's own start, on a simulated board, with a model that the engine refuses.</summary>
public class RefusedModelTests
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
