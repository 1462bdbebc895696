using System.Collections.Concurrent;
using System.Text;
using NanoFormer.Monitor.Sources;

namespace NanoFormer.Flash.Tests;

public sealed class BoardLogTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("nanoformer-log-").FullName;

    private string Link => Path.Combine(_folder, "port");

    [Fact]
    public void A_port_that_went_away_is_read_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pseudo-terminals for serial ports.");
        var told = new BlockingCollection<string>();
        using var first = new Pty(Link);
        using var log = new BoardLog(new SerialSource(Link, SerialSource.LogBaudRate), told.Add);
        using var lines = log.Lines(Patience).GetEnumerator();
        string Next() => lines.MoveNext() ? lines.Current.Text : "nothing";

        first.Write("one\r\n\u0011two\r\nhalf a li"u8);
        Assert.Equal("one", Next());
        Assert.Equal("two", Next());

        first.Dispose();
        Assert.True(told.TryTake(out string? gone, Patience));
        Assert.Contains("unplugged", gone, StringComparison.Ordinal);
        using var second = new Pty(Link);
        Assert.True(told.TryTake(out string? back, Patience));
        Assert.EndsWith("is back", back, StringComparison.Ordinal);

        second.Write("three\r\n"u8);
        Assert.Equal("half a li", Next());
        Assert.Equal("three", Next());
    }

    [Fact]
    public void What_came_before_it_was_asked_for_is_kept()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pseudo-terminals for serial ports.");
        using var port = new Pty(Link);
        using var log = new BoardLog(new SerialSource(Link, SerialSource.LogBaudRate), _ => { });
        port.Write(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 300).Select(i => $"line {i}\r\n"))));

        Assert.Equal(Enumerable.Range(0, 300).Select(i => $"line {i}"), log.Lines(Patience).Take(300).Select(line => line.Text));
    }

    [Fact]
    public void A_port_that_is_not_there_ends_it_before_anything_is_written()
    {
        var refused = Assert.Throws<FlashException>(
            () => new BoardLog(new SerialSource(Path.Combine(_folder, "none"), SerialSource.LogBaudRate), _ => { }));

        Assert.Equal(FlashError.BadPort, refused.Error);
        Assert.Contains("nothing was written", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ports_are_named_and_two()
    {
        string device = Path.Combine(_folder, "ttyUSB0");
        File.WriteAllText(device, "");
        string link = Path.Combine(_folder, "by-id");
        File.CreateSymbolicLink(link, device);

        SerialPortName.Check(null, null);
        SerialPortName.Check("COM3", "COM5");
        SerialPortName.Check(device, "COM5");
        foreach (var (port, logPort) in new[] { ("", null), (" ", "COM5"), ("COM3", ""), ("COM3", "COM3"), (device, link) })
        {
            Assert.Equal(FlashError.BadPort, Assert.Throws<FlashException>(() => SerialPortName.Check(port, logPort)).Error);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
