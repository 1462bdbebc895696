namespace NanoFormer.Sensors
{
    /// <summary>What the identity register tells: the genuine chip, or one of the parts sold under its name.</summary>
    /// <remarks>
    /// 0x70 is an MPU6500, 0x98 an ICM-20689, 0x72 is met on unlabelled parts. Raw data is the same; FIFO, temperature and
    /// motion detection follow the MPU6500, whose FIFO is half as large.
    /// </remarks>
    public sealed class Mpu6050Chip
    {
        private const int GenuineId = 0x68;

        private Mpu6050Chip(int id)
        {
            Id = id;
        }

        /// <summary>Content of WHO_AM_I.</summary>
        public int Id { get; }

        /// <summary>True for a part that is not an MPU6050 but works like one.</summary>
        public bool IsClone
        {
            get { return Id != GenuineId; }
        }

        /// <summary>Bytes the FIFO is sure to hold.</summary>
        public int FifoBytes
        {
            get { return IsClone ? 512 : 1024; }
        }

        /// <summary>The chip with an identity, or null when the identity is not known.</summary>
        public static Mpu6050Chip FromId(int id)
        {
            return id == GenuineId || id == 0x70 || id == 0x72 || id == 0x98 ? new Mpu6050Chip(id) : null;
        }

        /// <summary>Die temperature in hundredths of a degree Celsius from the raw register.</summary>
        public int CentiCelsius(int raw)
        {
            // MPU6050: raw / 340 + 36.53. MPU6500: raw / 333.87 + 21.
            return IsClone ? (raw * 1000 / 3339) + 2100 : (raw * 5 / 17) + 3653;
        }
    }
}
