namespace NanoFormer.Board.Tests;

public class PowerTests
{
    private const long Hour = 3_600_000_000;

    [Fact]
    public void Every_figure_names_its_source_and_a_known_unit()
    {
        Assert.NotEmpty(PowerFigures.Shipped.Figures);
        Assert.All(PowerFigures.Shipped.Figures, figure =>
        {
            Assert.False(string.IsNullOrWhiteSpace(figure.Source));
            Assert.Contains(figure.Quality, new[] { "primary", "secondary", "derived", "assumed" });
            Assert.True(figure.Milliamps(100) > 0);
        });
        Assert.Equal(PowerFigures.Shipped.Figures.Count, PowerFigures.Shipped.Figures.DistinctBy(figure => figure.Id).Count());
        Assert.All(PowerFigures.Shipped.Boards, board => Assert.NotEmpty(PowerFigures.Shipped.Board(board.Id).Figures));
    }

    [Theory]
    [InlineData("cortex-m4", 43_200, 1821)]
    [InlineData("cortex-m7", 11_300, 1376)]
    public void The_inference_figures_give_back_the_measurements_they_come_from(string core, double microseconds, double microjoules) =>
        Assert.Equal(microjoules, PowerFigures.Shipped.Board(core).InferenceMicrojoules(microseconds), microjoules * 0.001);

    [Theory]
    [InlineData(3.8, "mA", 3.8)]
    [InlineData(20, "uA", 0.02)]
    [InlineData(30, "uA/MHz", 3.6)]
    public void Units_convert_to_milliamps(double value, string unit, double milliamps) =>
        Assert.Equal(milliamps, new PowerFigure("x", "x", "x", value, unit, "x", "primary").Milliamps(120), 1e-12);

    [Fact]
    public void An_unknown_unit_or_board_is_an_error()
    {
        Assert.Throws<FormatException>(() => new PowerFigure("x", "x", "x", 1, "A", "x", "primary").Milliamps(1));
        Assert.Throws<KeyNotFoundException>(() => PowerFigures.Shipped.Board("abacus"));
    }

    [Theory]
    [InlineData("ESP32", "esp32")]
    [InlineData("esp32_s3", "esp32s3")]
    [InlineData("rv32", "esp32c3")]
    [InlineData("xtensa", "esp32")]
    public void A_board_is_found_by_its_id_its_name_for_flashing_or_its_core(string name, string id) =>
        Assert.Equal(id, PowerFigures.Shipped.Board(name).Entry.Id);

    [Fact]
    public void An_inference_takes_its_cycles_and_what_is_beside_it_those_of_compiled_c()
    {
        var board = PowerFigures.Shipped.Board("stm32l4r5"); // 120 MHz, 1.50 cycles an instruction
        Assert.Equal(10, board.InferenceMicroseconds(new HopCost(5000, null, null) { InferenceCycles = 1200 })!.Value, 1e-9);
        Assert.Equal(62.5, board.InferenceMicroseconds(new HopCost(5000, null, null))!.Value, 1e-9);
        Assert.Equal(10 + 25, board.BusyMicroseconds(new HopCost(5000, 800, 1200) { InferenceCycles = 1200 })!.Value, 1e-9);
        Assert.Null(board.BusyMicroseconds(new HopCost(null, 800, 1200)));
    }

    [Fact]
    public void A_ledger_adds_up_by_hand()
    {
        var clock = new VirtualClock();
        var ledger = new PowerLedger(clock, PowerFigures.Shipped.Board("stm32l4r5"), SensorPowerMode.Sleep);
        clock.Advance(1_000_000);                           // 1 s running at 195.1 * 120 uA, sensor idle at 5 uA
        ledger.EnterSensor(SensorPowerMode.AccelAndGyro);
        clock.Advance(1_000_000);                           // 1 s running, sensor at 3.8 mA
        ledger.EnterMcu(McuState.DeepSleep);
        ledger.EnterSensor(SensorPowerMode.Cycle5Hz);
        clock.Advance(Hour);                                // 1 h at 1.2 uA, sensor at 20 uA

        double mcu = (2 * 23.412 / 3600) + 0.0012;
        double sensor = ((0.005 + 3.8) / 3600) + 0.020;
        Assert.Equal(mcu, ledger.McuMilliampHours, 1e-9);
        Assert.Equal(sensor, ledger.SensorMilliampHours, 1e-9);
        Assert.Equal(3600 * ((mcu * 1.8) + (sensor * 3.0)), ledger.Millijoules, 1e-6);
        Assert.Equal((mcu + sensor) / (1 + (2.0 / 3600)), ledger.AverageMilliamps, 1e-9);
        Assert.Equal((2_000_000, Hour), (ledger.Microseconds(McuState.Run), ledger.Microseconds(SensorPowerMode.Cycle5Hz)));
        Assert.Equal(Hour + 2_000_000, ledger.TotalMicroseconds);
    }

    [Fact]
    public void Battery_days_and_the_always_on_comparison_add_up_by_hand()
    {
        var board = PowerFigures.Shipped.Board("stm32l4r5");
        Assert.Equal(200 / 0.5 / 24, board.BatteryDays(0.5), 1e-12);
        Assert.Equal(100 / 0.5 / 24, board.BatteryDays(0.5, 100), 1e-12);

        // 12.8 ms of inference every 1.28 s: 1 % at 23.412 mA, 99 % at 3.6 mA, the sensor at 3.8 mA.
        double alwaysOn = (0.01 * 23.412) + (0.99 * 3.6) + 3.8;
        Assert.Equal(alwaysOn, board.AlwaysOnMilliamps(12_800, 1_280_000), 1e-9);
        Assert.Equal(
            (0.1 * alwaysOn) + (0.9 * 0.0212),
            board.WakeOnMotionMilliamps(0.1, 12_800, 1_280_000, SensorPowerMode.Cycle5Hz),
            1e-9);
        Assert.Equal(1000, board.Microseconds(120_000), 1e-9);
    }
}
