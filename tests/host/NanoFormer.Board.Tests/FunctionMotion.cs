using System.Numerics;

namespace NanoFormer.Board.Tests;

/// <summary>A motion given by formulas.</summary>
internal sealed class FunctionMotion(Func<double, Vector3> acceleration, Func<double, Vector3>? rate = null) : IMotionSource
{
    public string Name => "formula";

    public bool IsSynthetic => true;

    public double DurationSeconds => double.PositiveInfinity;

    public static FunctionMotion Constant(Vector3 acceleration, Vector3 rate = default) => new(_ => acceleration, _ => rate);

    public MotionSample At(double seconds) => new(acceleration(seconds), rate?.Invoke(seconds) ?? Vector3.Zero);

    public string? LabelAt(double seconds) => null;
}
