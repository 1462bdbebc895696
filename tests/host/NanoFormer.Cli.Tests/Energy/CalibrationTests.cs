using System.Globalization;
using System.Text.Json;
using NanoFormer.Board;
using NanoFormer.Cli.Energy;
using NanoFormer.Energy;
using NanoFormer.Energy.Traces;

namespace NanoFormer.Cli.Tests.Energy;

/// <summary><c>energy --calibrate</c>: the table behind the estimates holds the measured current, and nothing else in it changes.</summary>
public sealed class CalibrationTests : IDisposable
{
    private const string Id = "stm32l4r5";
    private static readonly string Example = Path.Combine(Repository.Root, "tools", "NanoFormer.Energy", "example.csv");

    private readonly TemporaryFolder _folder = new();

    private string Table => _folder.PathOf("power-figures.json");

    public CalibrationTests() => File.Copy(Path.Combine(Repository.Root, "tools", "NanoFormer.Board", "Power", "power-figures.json"), Table);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Estimates_then_use_the_mean_current_while_the_marker_is_high()
    {
        double microamps = File.ReadLines(Example).Skip(1).Select(line => line.Split(',')).Where(row => row[2].StartsWith('1'))
            .Average(row => double.Parse(row[1], CultureInfo.InvariantCulture));

        string words = Calibration.Write(Table, Id, Measure(1.8));

        Assert.Contains("measured", words, StringComparison.Ordinal);
        Assert.InRange(Read().Board(Id).Milliamps(McuState.Run) / (microamps / 1000), 0.99, 1.01);
        var figure = Read().Figure($"{Id}.inference-measured");
        Assert.Equal("measured", figure.Quality);
        Assert.Contains("example.csv", figure.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_boards_stay_and_a_second_time_replaces_the_first()
    {
        var before = Read();
        Calibration.Write(Table, Id, Measure(1.8));
        string once = File.ReadAllText(Table);
        Calibration.Write(Table, Id, Measure(1.8));

        Assert.Equal(once, File.ReadAllText(Table));
        var after = Read();
        Assert.Equal(before.Figures.Count + 1, after.Figures.Count);
        Assert.Equal(before.Boards.Where(board => board.Id != Id), after.Boards.Where(board => board.Id != Id));
    }

    [Fact]
    public void A_current_at_another_supply_is_refused()
    {
        string before = File.ReadAllText(Table);

        Assert.Equal("OTHER_SUPPLY", Assert.Throws<CommandFailure>(() => Calibration.Write(Table, Id, Measure(3.3))).Name);
        Assert.Equal(before, File.ReadAllText(Table));
    }

    [Fact]
    public void The_page_names_a_board_that_can_be_calibrated()
    {
        string[] words = EnergyReadme.Command("--calibrate");

        Assert.Equal("energy", words[0]);
        Assert.Equal(Id, words[^1]);
        Assert.True(File.Exists(Calibration.TablePath()));
    }

    [Fact]
    public void A_current_at_an_unknown_supply_is_refused()
    {
        var measured = Measure(1.8);
        var unknown = new EnergyReport(Example, new MeasurementSettings { Marker = 0 }, measured.Measurement, null, [], null);

        Assert.Equal("UNKNOWN_SUPPLY", Assert.Throws<CommandFailure>(() => Calibration.Write(Table, Id, unknown)).Name);
    }

    private static EnergyReport Measure(double volts)
    {
        var settings = new MeasurementSettings { Trace = new TraceOptions { Voltage = volts }, Marker = 0 };
        return new EnergyReport(Example, settings, Measurement.Of(Example, settings), null, [], null);
    }

    private PowerFigures Read() => JsonSerializer.Deserialize<PowerFigures>(File.ReadAllText(Table), JsonSerializerOptions.Web)!;
}
