namespace NanoFormer.Cli.Tests.Commands;

public sealed class FlashCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Dry_run_shows_the_commands_for_the_shipped_model()
    {
        string[] lines = CommandLine.Succeed(Arguments("--port", "COM3", "--dry-run")).Lines;

        Assert.Equal(
            ["partition table", "model", "application"],
            lines.Where(line => line.Contains("/3 ", StringComparison.Ordinal)).Select(line => line[4..]));
        Assert.Equal(3, lines.Count(line =>
            line.StartsWith("nanoff --target ESP32_REV3 --serialport COM3 --deploy", StringComparison.Ordinal)));
    }

    [Fact]
    public void Json_tells_where_the_model_goes()
    {
        var report = CommandLine.Succeed(Arguments("--strategy", "address", "--flash-size", "8", "--dry-run", "--json")).Json;

        Assert.Equal("address", report.GetProperty("strategy").GetString());
        Assert.Equal(ShippedModel.Image.Length, report.GetProperty("files")[0].GetProperty("bytes").GetInt32());
        Assert.Equal(0x690000, report.GetProperty("files")[0].GetProperty("address").GetInt32());
        Assert.Equal(2, report.GetProperty("steps").GetArrayLength());
        Assert.True(report.GetProperty("is_dry_run").GetBoolean());
    }

    [Fact]
    public void Faults_are_refused_by_name()
    {
        CommandLine.Run(For("ESP8266")).AssertRefused("UNKNOWN_BOARD");
        CommandLine.Run(Arguments("--flash-size", "3")).AssertRefused("UNKNOWN_FLASH_SIZE");
        CommandLine.Run(Arguments("--strategy", "clr")).AssertRefused("NO_FIRMWARE");
        CommandLine.Run(Arguments("--strategy", "resource")).AssertRefused("MODEL_NOT_INSIDE");
        CommandLine.Run(Arguments()).AssertRefused("NO_PORT");
        CommandLine.Run(Arguments("--port", "", "--dry-run")).AssertRefused("BAD_PORT");
        CommandLine.Run(Arguments("--port", "COM3", "--log-port", "COM3", "--dry-run")).AssertRefused("BAD_PORT");
        CommandLine.Run(Arguments("--timeout", "-5")).AssertRefused("BAD_OPTION");
        CommandLine.Run(Arguments("--clr", _folder.Write("nanoCLR.bin", []))).AssertRefused("NOT_FIRMWARE");
        CommandLine.Run(Arguments("--clr", _folder.Write("App.bin", [.. "NFMRK1"u8]))).AssertRefused("NOT_FIRMWARE");
    }

    public void Dispose() => _folder.Dispose();

    private string[] Arguments(params string[] options) => [.. For("ESP32_REV3"), .. options];

    private string[] For(string board) =>
    [
        "flash", "--board", board, "--model", ShippedModel.Folder, "--app", _folder.Write("App.bin", [.. "NFMRK1\0\0"u8, .. new byte[64]]),
    ];
}
