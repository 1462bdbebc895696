namespace NanoFormer.Board;

/// <summary>The physical truth a sensor is exposed to, as a function of time.</summary>
public interface IMotionSource
{
    /// <summary>Name for logs and reports.</summary>
    string Name { get; }

    /// <summary>True when the motion was generated rather than recorded; reports must say so.</summary>
    bool IsSynthetic { get; }

    /// <summary>Length in seconds.</summary>
    double DurationSeconds { get; }

    /// <summary>Motion at a time in seconds; times outside the source give its first or last instant.</summary>
    MotionSample At(double seconds);

    /// <summary>Ground-truth label at a time in seconds, or null where none is known.</summary>
    string? LabelAt(double seconds);
}
