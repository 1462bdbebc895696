using System.Numerics;
using NanoFormer.Board;

namespace NanoFormer.Cli.Tests.Personal;

/// <summary>
/// A generated person who walks, sits and stands in turn, a minute each, four times over. A habit tells the person from others: by so
/// many degrees the belt turns forward, and so sitting comes closer to how others stand. Who slouches turns further within every minute.
/// </summary>
internal sealed class Wearer
{
    /// <summary>Length of a bout in seconds.</summary>
    public const int BoutSeconds = 60;

    /// <summary>How often each activity comes.</summary>
    public const int Rounds = 4;

    /// <summary>Seconds in which one posture becomes the next.</summary>
    private const int TransitionSeconds = 3;

    private static readonly WearerActivity[] Activities = [WearerActivity.Walking, WearerActivity.Sitting, WearerActivity.Standing];

    private readonly IMotionSource _day;

    public Wearer(int seed, double degrees = 0, double slouch = 0)
    {
        var day = new SyntheticWearer(seed, [.. Enumerable.Repeat(Activities, Rounds).SelectMany(round => round)
            .Select(activity => new ScenarioSegment(activity, BoutSeconds))]);
        _day = new Leaning(day, degrees, slouch);
    }

    /// <summary>What the person did in a round, each activity by itself; the change to it is left out.</summary>
    public IEnumerable<(string Label, IMotionSource Motion)> Bouts(int round) => Activities.Index().Select(activity =>
    {
        int start = ((round * Activities.Length) + activity.Index) * BoutSeconds;
        return (new ScenarioSegment(activity.Item, BoutSeconds).Label!,
            (IMotionSource)new Part(_day, start + TransitionSeconds, BoutSeconds - TransitionSeconds));
    });

    /// <summary>The day from a round on.</summary>
    public IMotionSource From(int round)
    {
        int start = round * Activities.Length * BoutSeconds;
        return new Part(_day, start, _day.DurationSeconds - start);
    }

    /// <summary>A motion with the sensor turned on its belt, half as much more and less in turn, too slowly for a gyroscope to notice.</summary>
    private sealed class Leaning(IMotionSource motion, double degrees, double slouch) : IMotionSource
    {
        private const double PeriodSeconds = 23;

        /// <summary>The turn from how people sit to how they stand: wearer-parameters.json.</summary>
        private static readonly Vector3 Axis = Vector3.Normalize(new(0, 1, -1.6f));

        public string Name => motion.Name;

        public bool IsSynthetic => true;

        public double DurationSeconds => motion.DurationSeconds;

        public string? LabelAt(double seconds) => motion.LabelAt(seconds);

        public MotionSample At(double seconds)
        {
            double turned = degrees * (1 + (0.5 * Math.Sin(2 * Math.PI * seconds / PeriodSeconds)));
            double angle = (turned + (slouch * (seconds % BoutSeconds) / BoutSeconds)) * Math.PI / 180;
            var turn = Quaternion.CreateFromAxisAngle(Axis, (float)angle);
            var (acceleration, rate) = motion.At(seconds);
            return new(Vector3.Transform(acceleration, turn), Vector3.Transform(rate, turn));
        }
    }

    /// <summary>A stretch of a motion.</summary>
    private sealed class Part(IMotionSource motion, double start, double length) : IMotionSource
    {
        public string Name => motion.Name;

        public bool IsSynthetic => true;

        public double DurationSeconds => length;

        public string? LabelAt(double seconds) => motion.LabelAt(start + seconds);

        public MotionSample At(double seconds) => motion.At(start + seconds);
    }
}
