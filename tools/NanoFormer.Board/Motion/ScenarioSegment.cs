namespace NanoFormer.Board;

/// <summary>A stretch of one activity in a generated wearer's day.</summary>
/// <param name="Activity">What the wearer does.</param>
/// <param name="Seconds">Length in seconds, the change from the previous posture included.</param>
/// <param name="MotionScale">Factor on everything but gravity: 1 as measured on people, 0 absolutely still.</param>
public sealed record ScenarioSegment(WearerActivity Activity, double Seconds, double MotionScale = 1)
{
    /// <summary>The label as UCI HAR writes it, or null for a device that is not worn.</summary>
    public string? Label => Activity switch
    {
        WearerActivity.Walking => "WALKING",
        WearerActivity.WalkingUpstairs => "WALKING_UPSTAIRS",
        WearerActivity.WalkingDownstairs => "WALKING_DOWNSTAIRS",
        WearerActivity.Sitting => "SITTING",
        WearerActivity.Standing => "STANDING",
        WearerActivity.Laying => "LAYING",
        _ => null,
    };
}
