namespace NanoFormer.Board;

/// <summary>Ready-made days for <see cref="SyntheticWearer"/>.</summary>
public static class WearerScenario
{
    /// <summary>Five and a half minutes: every activity, and still periods long enough for a device to fall asleep.</summary>
    public static IReadOnlyList<ScenarioSegment> Default { get; } =
    [
        new(WearerActivity.PutDown, 15),
        new(WearerActivity.Standing, 20),
        new(WearerActivity.Walking, 40),
        new(WearerActivity.Sitting, 30),
        new(WearerActivity.Sitting, 30, MotionScale: 0),
        new(WearerActivity.WalkingUpstairs, 35),
        new(WearerActivity.Standing, 20),
        new(WearerActivity.WalkingDownstairs, 35),
        new(WearerActivity.Laying, 30),
        new(WearerActivity.Laying, 25, MotionScale: 0),
        new(WearerActivity.Walking, 30),
        new(WearerActivity.PutDown, 20),
    ];
}
