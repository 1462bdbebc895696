using System.Diagnostics;
using System.IO.Ports;
using System.Text;
using NanoFormer.Monitor.Sources;

namespace NanoFormer.Cli.Tests.Commands;

public sealed class DemoSerialTests
{
    [Fact]
    public async Task Whoever_opens_the_port_late_reads_the_log_from_its_first_line()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pseudo-terminals for serial ports");
        using var folder = new TemporaryFolder();
        string port = folder.PathOf("port");
        var demo = Task.Run(() => CommandLine.Run("demo", "--core", "reference", "--serial", port, "--speed", "1000"), TestContext.Current.CancellationToken);
        Assert.True(SpinWait.SpinUntil(() => File.Exists(port) || demo.IsCompleted, TimeSpan.FromMinutes(5)));
        await Task.Delay(3000, TestContext.Current.CancellationToken); // a board that does not wait has begun by now

        using var reader = new SerialPort(port, SerialSource.LogBaudRate);
        reader.Open();
        reader.DiscardInBuffer(); // as terminal programs do
        var read = new MemoryStream();
        byte[] buffer = new byte[4096];
        var clock = Stopwatch.StartNew();
        try
        {
            while (clock.Elapsed < TimeSpan.FromMinutes(5))
            {
                read.Write(buffer, 0, reader.Read(buffer, 0, buffer.Length));
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The demo has ended, and its port with it.
        }

        var run = await demo;
        Assert.Equal(0, run.ExitCode);
        string[] printed = [.. run.Lines.Where(line => line.StartsWith("nf1 ", StringComparison.Ordinal))];
        string[] received = Encoding.ASCII.GetString(read.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.True(printed.Length > 100, run.Output);
        Assert.Equal(printed, received);
    }
}
