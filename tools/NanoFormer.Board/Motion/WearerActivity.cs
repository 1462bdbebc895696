namespace NanoFormer.Board;

/// <summary>What a generated wearer does; the first six are the activities of UCI HAR.</summary>
public enum WearerActivity
{
    /// <summary>Walking on the level.</summary>
    Walking,

    /// <summary>Climbing stairs.</summary>
    WalkingUpstairs,

    /// <summary>Descending stairs.</summary>
    WalkingDownstairs,

    /// <summary>Sitting.</summary>
    Sitting,

    /// <summary>Standing.</summary>
    Standing,

    /// <summary>Lying down.</summary>
    Laying,

    /// <summary>The device lies on a table, z up, unworn: no label, no motion at all.</summary>
    PutDown,
}
