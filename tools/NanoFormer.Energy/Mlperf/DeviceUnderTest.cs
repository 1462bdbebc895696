using System.Globalization;
using System.Text;

namespace NanoFormer.Energy.Mlperf;

/// <summary>The model of a device under test, and its clock.</summary>
public interface IBenchmarkModel
{
    /// <summary>Model id.</summary>
    string Id { get; }

    /// <summary>Bytes of an input.</summary>
    int InputBytes { get; }

    /// <summary>The device's time in microseconds.</summary>
    long Microseconds { get; }

    /// <summary>Runs an input.</summary>
    /// <returns>Probabilities, or outputs, one each.</returns>
    float[] Run(ReadOnlySpan<byte> input);
}

/// <summary>
/// The device's side of MLPerf Tiny's serial protocol (mlcommons/tiny, benchmark/api), in managed code: commands end with <c>%</c>, every
/// answer with <c>m-ready</c>. In energy mode a time stamp is an edge of the marker and no text.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="write">Sends text to the host.</param>
/// <param name="vendor">The name that it gives itself.</param>
/// <param name="edge">Makes a falling edge of the marker; null in performance and accuracy mode, where a time stamp is text.</param>
public sealed class DeviceUnderTest(IBenchmarkModel model, Action<string> write, string vendor = DeviceUnderTest.Vendor, Action? edge = null)
{
    private const int LongestCommand = 80;
    private const int LargestInput = 27_648;
    private const int UsualWarmups = 10;
    private const int BytesPerLine = 8;
    private const string Firmware = "ULPMark for tinyML Firmware V0.0.1";
    /// <summary>The name of a device that has no other.</summary>
    public const string Vendor = "NanoFormer";

    private readonly StringBuilder _command = new();
    private readonly byte[] _buffer = new byte[LargestInput];
    private int _size;
    private int _filled;
    private float[] _results = [];

    /// <summary>What a device says when it starts.</summary>
    public void Boot()
    {
        Line(edge is null ? "m-timestamp-mode-performance" : "m-timestamp-mode-energy");
        Stamp();
        Line("m-init-done");
        Line("m-ready");
    }

    /// <summary>Takes bytes of the host.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            if (value == '%')
            {
                Execute(_command.ToString());
                _command.Clear();
            }
            else if (_command.Length < LongestCommand)
            {
                _command.Append((char)value);
            }
        }
    }

    private void Execute(string command)
    {
        string[] words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words)
        {
            case ["name", ..]:
                Line($"m-name-dut-[{vendor}]");
                break;
            case ["timestamp", ..]:
                Stamp();
                break;
            case ["profile", ..]:
                Line($"m-profile-[{Firmware}]");
                Line($"m-model-[{model.Id}]");
                break;
            case ["help", ..]:
                Line(Firmware);
                Line("name, timestamp, profile, db load N, db HH.., db print, infer N [W], results");
                break;
            case ["db", .. var rest]:
                Buffer(rest);
                break;
            case ["infer", .. var counts]:
                Infer(counts);
                break;
            case ["results", ..]:
                Results();
                break;
            default:
                Line($"e-[Unknown command: {(words.Length > 0 ? words[0] : "")}]");
                break;
        }

        Line("m-ready");
    }

    private void Buffer(string[] words)
    {
        switch (words)
        {
            case []:
                Line("e-[Command 'db' requires a subcommand]");
                return;
            case ["load"]:
                Line("e-[Command 'db load' requires the # of bytes]");
                return;
            case ["load", var text, ..]:
                Load(int.TryParse(text, CultureInfo.InvariantCulture, out int size) ? size : 0);
                return;
            case ["print", ..]:
                Print();
                return;
            case [var digits, ..]:
                Fill(digits);
                return;
        }
    }

    private void Load(int size)
    {
        if (size <= 0)
        {
            Line("e-[Command 'db load' must be >0 bytes]");
            return;
        }

        if (size > LargestInput)
        {
            (_size, _filled) = (0, 0);
            write(string.Create(CultureInfo.InvariantCulture, $"Supplied buffer size {size} exceeds maximum of {LargestInput}\n"));
            return;
        }

        (_size, _filled) = (size, 0);
        Line(string.Create(CultureInfo.InvariantCulture, $"m-[Expecting {size} bytes]"));
    }

    private void Fill(string digits)
    {
        if (digits.Length % 2 != 0)
        {
            Line("e-[Insufficent number of hex digits]"); // as the reference spells it
            return;
        }

        for (int at = 0; at < digits.Length && _filled < _size; at += 2)
        {
            if (!byte.TryParse(digits.AsSpan(at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
            {
                Line($"e-[Invalid hex digit '{digits.AsSpan(at, 2)}']");
                return;
            }

            _buffer[_filled++] = value;
            if (_filled == _size)
            {
                Line("m-load-done"); // what follows is ignored
            }
        }
    }

    private void Print()
    {
        for (int at = 0; at < _size; at += BytesPerLine)
        {
            Line("m-buffer-" + string.Join('-', _buffer[at..Math.Min(at + BytesPerLine, _size)].Select(value => value.ToString("x2", CultureInfo.InvariantCulture))));
        }
    }

    private void Infer(string[] counts)
    {
        if (!Count(counts, 0, 1, out int runs) || runs <= 0)
        {
            Line("e-[Inference iterations must be >0]");
            return;
        }

        if (!Count(counts, 1, UsualWarmups, out int warmups) || warmups < 0)
        {
            Line("e-[Inference warmup must be >=0]");
            return;
        }

        if (_size != model.InputBytes || _filled != _size)
        {
            Line(string.Create(CultureInfo.InvariantCulture, $"e-[The model takes {model.InputBytes} bytes, {_filled} are loaded]"));
            return;
        }

        var input = _buffer.AsSpan(0, _size);
        Line(string.Create(CultureInfo.InvariantCulture, $"m-warmup-start-{warmups}"));
        for (int i = 0; i < warmups; i++)
        {
            model.Run(input);
        }

        Line("m-warmup-done");
        Line(string.Create(CultureInfo.InvariantCulture, $"m-infer-start-{runs}"));
        Stamp();
        for (int i = 0; i < runs; i++)
        {
            _results = model.Run(input);
        }

        Stamp();
        Line("m-infer-done");
        Results();
    }

    private static bool Count(string[] words, int index, int usual, out int count)
    {
        count = usual;
        return words.Length <= index || int.TryParse(words[index], CultureInfo.InvariantCulture, out count);
    }

    private void Results() => Line($"m-results-[{string.Join(',', _results.Select(value => value.ToString("0.000", CultureInfo.InvariantCulture)))}]");

    private void Stamp()
    {
        if (edge is not null)
        {
            edge();
            return;
        }

        Line(string.Create(CultureInfo.InvariantCulture, $"m-lap-us-{model.Microseconds}"));
    }

    private void Line(string text) => write(text + "\r\n");
}
