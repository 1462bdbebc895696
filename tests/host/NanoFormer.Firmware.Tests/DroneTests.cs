using System.Numerics;
using NanoFormer.Board;
using NanoFormer.Drone;
using NanoFormer.Firmware.Tests.Fakes;
using NanoFormer.Interop;

namespace NanoFormer.Firmware.Tests;

public class DroneTests
{
    [Fact]
    public void The_log_of_a_flight_with_a_blow_is_as_recorded()
    {
        var (device, _) = Fly(armedAt: 5, disarmedAt: 40, Shaken);
        GoldenLog.Check("drone-flight.log", device.Log.Lines);
    }

    [Fact]
    public void While_armed_no_window_is_missing_and_the_host_never_sleeps_deeply()
    {
        var (device, _) = Fly(armedAt: 5, disarmedAt: 65, Shaken);

        long[] starts = device.Log.Of("infer").Select(r => r.Number("t0_ms", 0)).ToArray();
        Assert.Empty(device.Log.Of("gap"));
        Assert.InRange(starts.Length, 44, 46); // 60 s in hops of 1.28 s, except the first window's length
        Assert.All(starts.Zip(starts.Skip(1), (a, b) => b - a), hop => Assert.InRange(hop, 1270, 1290));
        Assert.Equal("armed", Assert.Single(device.Log.Of("wake")).Text("cause"));
        Assert.Equal(0, device.Board.Power.Microseconds(McuState.DeepSleep));
        Assert.All(device.Log.Of("sleep"), r => Assert.Equal(0, r.Number("sleep_ms", -1)));
    }

    [Fact]
    public void A_score_at_the_threshold_raises_an_alarm_that_ends_when_it_falls()
    {
        var (device, _) = Fly(armedAt: 5, disarmedAt: 40, Shaken);

        var alarms = device.Log.Of("alarm").ToArray();
        Assert.Equal(["raised", "cleared"], alarms.Select(a => a.Text("state")));
        Assert.All(alarms, a => Assert.Equal(FakeEngine.AlarmThreshold + 128, a.Number("threshold", 0)));
        Assert.All(device.Log.Of("infer"), r => Assert.InRange(r.Number("score", -1), 0, 255));
        Assert.True(alarms[0].Number("score", 0) >= FakeEngine.AlarmThreshold + 128);
        Assert.InRange(alarms[0].Number("t_ms", 0), 21_000, 25_000);
        Assert.InRange(alarms[1].Number("t_ms", 0), 26_000, 32_000);
    }

    [Fact]
    public void While_disarmed_the_sensor_sleeps_and_nothing_is_captured()
    {
        var (device, sleeping) = Fly(armedAt: 20, disarmedAt: 30, _ => Vector3.Zero);

        Assert.All(sleeping, mode => Assert.Equal(SensorPowerMode.Sleep, mode));
        Assert.All(device.Log.Of("infer"), r => Assert.InRange(r.Number("t0_ms", 0), 20_000, 30_000));
    }

    [Fact]
    public void A_model_without_scores_is_flown_without_alarms()
    {
        using var device = new BoardDevice { Shake = Shaken };
        Fly(device, new Switch(device, 5, 30), device.Engine(), stopAt: 32, Settings());

        Assert.Empty(device.Log.Of("alarm"));
        Assert.All(device.Log.Of("infer"), r => Assert.Null(r.Text("score")));
    }

    [Fact]
    public void What_is_usual_on_this_drone_outlives_a_reboot()
    {
        using var device = new BoardDevice
        {
            Store = new MemoryStore(),
            Shake = t => new Vector3(0, 0, (t is >= 150 and < 156 ? 0.18f : 0.09f) * MathF.Sin((float)(2 * Math.PI * 3 * t))),
        };
        foreach (var (armedAt, disarmedAt) in new[] { (5, 140), (145, 165) })
        {
            var settings = Settings();
            (settings.Alarm.LearningWindows, settings.Alarm.NoticeRarity, settings.Alarm.WarningRarity) = (50, 20, 50);
            Fly(device, new Switch(device, armedAt, disarmedAt), device.Engine(scored: true), disarmedAt + 2, settings);
        }

        Assert.Equal(2, device.Log.Of("boot").Count());
        var alarms = device.Log.Of("alarm").ToArray();
        Assert.Equal(["raised", "cleared"], alarms.Select(a => a.Text("state")));
        Assert.All(alarms, a => Assert.InRange(a.Number("learnt", 0), 100, 120)); // the first flight, and the start of the second
        Assert.True(alarms[0].Number("score", 0) < FakeEngine.AlarmThreshold + 128); // usual by the model, not by this drone
        Assert.Empty(device.Log.Of("error"));
    }

    // Manoeuvres along x, and a blow that rings along z between 20 and 26 s.
    private static Vector3 Shaken(double t) => new(
        t is >= 10 and < 30 ? 0.4f * MathF.Sin((float)(2 * Math.PI * 1.5 * t)) : 0,
        0,
        t is >= 20 and < 26 ? 0.5f * MathF.Sin((float)(2 * Math.PI * 3 * t)) : 0);

    private static (BoardDevice Device, List<SensorPowerMode> WhileDisarmed) Fly(
        double armedAt, double disarmedAt, Func<double, Vector3> shake)
    {
        using var device = new BoardDevice { Shake = shake };
        var arm = new Switch(device, armedAt, disarmedAt);
        Fly(device, arm, device.Engine(scored: true), disarmedAt + 5, Settings());
        return (device, arm.WhileDisarmed);
    }

    private static DroneSettings Settings() => new() { PeriodMilliseconds = 15_000, DetectFrozenSensor = false };

    private static void Fly(BoardDevice device, Switch arm, FakeEngine engine, double stopAt, DroneSettings settings)
    {
        using var transformer = new Transformer(engine);
        var application = new DroneApplication(device.Access, transformer, arm, settings);
        device.Board.Clock.Schedule((long)(stopAt * 1e6), application.Stop);
        Assert.True(application.Run());
    }

    /// <summary>On between two times; notes the sensor's state whenever it is asked later than a second after being off.</summary>
    private sealed class Switch(BoardDevice device, double on, double off) : IArmSwitch
    {
        private int _askedOff;

        public List<SensorPowerMode> WhileDisarmed { get; } = [];

        public bool IsArmed
        {
            get
            {
                bool isOn = device.Board.Clock.Seconds >= on && device.Board.Clock.Seconds < off;
                _askedOff = isOn ? 0 : _askedOff + 1;
                if (_askedOff > 2)
                {
                    WhileDisarmed.Add(device.Board.Sensor.PowerMode);
                }

                return isOn;
            }
        }
    }
}
