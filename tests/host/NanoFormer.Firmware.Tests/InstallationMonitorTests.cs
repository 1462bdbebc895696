using NanoFormer.Firmware.Tests.Fakes;
using NanoFormer.Interop;
using NanoFormer.Runtime;

namespace NanoFormer.Firmware.Tests;

/// <summary>A monitor with a model of two blocks of two channels, whose score is the first value of the newest block, in spreads.</summary>
public sealed class InstallationMonitorTests : IDisposable
{
    private const int Baseline = 20;
    private const int AlarmScore = 3;

    private readonly FirstValueEngine _engine = new();
    private readonly Transformer _transformer;

    public InstallationMonitorTests()
    {
        _transformer = new Transformer(_engine);
    }

    public void Dispose() => _transformer.Dispose();

    [Fact]
    public void It_learns_first_and_then_judges_every_block()
    {
        var monitor = Monitor(limitPermille: 0);

        bool[] verdicts = Enumerable.Range(0, Baseline + 8).Select(i => monitor.Add([(short)(i % 10), 0])).ToArray();

        Assert.All(verdicts[..Baseline], Assert.False);
        Assert.Equal([false, true, false, true, false, true, false, true], verdicts[Baseline..]);
        Assert.False(monitor.IsAnomalous);
    }

    [Fact]
    public void What_is_far_from_usual_is_anomalous_from_the_threshold_on()
    {
        var monitor = Learnt(Monitor(limitPermille: 0)); // values 0..9: median 4, deciles 1 and 8, so a spread is 2.73

        Assert.Equal(AlarmScore, monitor.Limit);
        AddBlock(monitor, 9);
        Assert.Equal(1, monitor.Score); // 5 / 2.73
        Assert.False(monitor.IsAnomalous);
        AddBlock(monitor, 14);
        Assert.Equal(3, monitor.Score);
        Assert.True(monitor.IsAnomalous);
        AddBlock(monitor, 4);
        Assert.False(monitor.IsAnomalous);
    }

    [Fact]
    public void The_highest_score_of_the_baseline_makes_the_limit_where_it_lies_higher()
    {
        var monitor = Learnt(Monitor(limitPermille: 5500)); // its highest score is 1

        Assert.Equal(5, monitor.Limit);
    }

    [Fact]
    public void A_restart_needs_a_whole_window_and_knows_what_is_usual()
    {
        var monitor = Learnt(Monitor(limitPermille: 0));
        var baseline = monitor.Baseline;

        monitor.Restart();

        Assert.Equal(OutputLayout.NoScore, monitor.Score);
        Assert.False(AddBlock(monitor, 4));
        Assert.True(AddBlock(monitor, 4));
        Assert.Same(baseline, monitor.Baseline);
    }

    [Fact]
    public void What_was_learnt_can_be_kept_over_a_reboot()
    {
        var before = Learnt(Monitor(limitPermille: 5500));
        var after = new InstallationMonitor(_transformer, Settings(5500), before.ToNumbers());

        Assert.Equal(before.Limit, after.Limit);
        AddBlock(before, 12);
        AddBlock(after, 12);
        AddBlock(before, 11);
        AddBlock(after, 11);
        Assert.Equal(before.Score, after.Score);
        Assert.Throws<ArgumentException>(() => new InstallationMonitor(_transformer, Settings(0), [3, 1, 100]));
    }

    [Fact]
    public void What_lasts_is_a_warning_and_then_an_alarm_in_the_log_until_it_is_usual_again()
    {
        var lines = new LineList();
        var monitor = Learnt(Monitor(limitPermille: 5500, Log(lines))); // its limit is 5

        foreach (short value in (short[])[30, 4, 30, 30, 30, 30, 4, 4])
        {
            AddBlock(monitor, value);
        }

        Assert.Equal(
        [
            ("raised", "warning", "unknown", 9, 5),
            ("raised", "alarm", "unknown", 9, 5),
            ("cleared", "none", "unknown", 0, 5),
        ], lines.Of("alarm").Select(line => (line.Text("state"), line.Text("priority"), line.Text("label"), (int)line.Number("score", -1), (int)line.Number("threshold", -1))));
        Assert.Equal(AlarmPriority.None, monitor.Alarms.Priority);
    }

    [Fact]
    public void A_gap_keeps_the_priority_and_learning_again_ends_it()
    {
        var lines = new LineList();
        var monitor = Learnt(Monitor(limitPermille: 0, Log(lines)));
        AddBlock(monitor, 30);
        AddBlock(monitor, 30);

        monitor.Restart();
        Assert.Equal(AlarmPriority.Warning, monitor.Alarms.Priority);
        monitor.Learn();
        monitor.Learn();

        Assert.Equal(AlarmPriority.None, monitor.Alarms.Priority);
        Assert.Equal(2, lines.Of("alarm").Count());
        Assert.Equal("none", lines.Of("alarm").Last().Text("priority"));
    }

    [Fact]
    public void A_score_that_this_installation_seldom_has_is_a_notice_once_its_past_is_known()
    {
        var settings = Settings(5500);
        (settings.Alarm.LearningWindows, settings.Alarm.NoticeRarity, settings.Alarm.WarningRarity) = (100, 20, 50);
        var monitor = Learnt(new InstallationMonitor(_transformer, settings));
        for (int i = 0; i < 110; i++)
        {
            AddBlock(monitor, (short)(4 + (i % 4 == 0 ? 3 : 0)));
        }

        AddBlock(monitor, 13);
        AddBlock(monitor, 13);

        Assert.True(monitor.Score < monitor.Limit);
        Assert.True(monitor.Alarms.Rarity >= 20);
        Assert.NotEqual(AlarmPriority.None, monitor.Alarms.Priority);
    }

    [Fact]
    public void Other_models_samples_and_settings_are_refused()
    {
        using var other = new Transformer(new FirstValueEngine("g"));

        Assert.Throws<ArgumentException>(() => new InstallationMonitor(other, Settings(0)));
        Assert.Throws<ArgumentException>(() => Monitor(0).Add([1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new InstallationMonitor(_transformer, new() { BaselineSamples = 9 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new InstallationMonitor(_transformer, new() { BlockSamples = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new InstallationMonitor(_transformer, new() { LimitPermille = -1 }));
    }

    private InstallationMonitor Monitor(int limitPermille, InferenceLog? log = null) => new(_transformer, Settings(limitPermille), log);

    private static InstallationSettings Settings(int limitPermille) => new()
    {
        BaselineSamples = Baseline,
        BlockSamples = 2,
        LimitPermille = limitPermille,
        Alarm = { LastingWindows = 4 },
    };

    private static InferenceLog Log(ILineSink sink) => new(sink, new FakeClock(), "plant/1", 50);

    private static InstallationMonitor Learnt(InstallationMonitor monitor)
    {
        for (int i = 0; i < Baseline; i++)
        {
            monitor.Add([(short)(i % 10), 0]);
        }

        return monitor;
    }

    private static bool AddBlock(InstallationMonitor monitor, short value) => monitor.Add([value, 0]) | monitor.Add([value, 0]);

    private sealed class FirstValueEngine(string unit = InstallationMonitor.Unit) : ITransformerEngine
    {
        public ModelInfo Info { get; } = Model(unit);

        public void Run(short[] window, sbyte[] output) => output[0] = (sbyte)(Math.Clamp(window[2] / 256, 0, 255) - 128);

        public void Begin(Array window) => throw new NotSupportedException();

        public int Continue(int operators, sbyte[] output) => throw new NotSupportedException();

        public void BeginStream() => throw new NotSupportedException();

        public int Step(Array samples, int offset, int count, sbyte[] output) => throw new NotSupportedException();

        public void SelfTest()
        {
        }

        public void Dispose()
        {
        }

        private static ModelInfo Model(string unit)
        {
            int[] numbers = new int[ModelNumbers.Count];
            numbers[ModelNumbers.WindowSamples] = 2;
            numbers[ModelNumbers.HopSamples] = 1;
            numbers[ModelNumbers.ChannelCount] = 2;
            numbers[ModelNumbers.OutputCount] = 1;
            numbers[ModelNumbers.ValueBytes] = 2;
            numbers[ModelNumbers.AlarmThreshold] = AlarmScore - 128;
            return new ModelInfo("first value", numbers, ["anomaly"], ["a", "b"], [unit, unit], [1, 1], [0, 0]);
        }
    }
}
